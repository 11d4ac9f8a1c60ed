/**
 * Somebody who was an administrator when the request came is none any more: what was asked for is not done.
 */
export class NotAdministratorError extends Error {
  constructor() {
    super("The role of administrator was taken from this person meanwhile");
    this.name = "NotAdministratorError";
  }
}
