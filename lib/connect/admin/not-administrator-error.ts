/**
 * Somebody who was an administrator when the request came is none any more: what was asked for is not done.
 */
export class NotAdministratorError extends Error {
  constructor() {
    super("This person has lost the administrator role since the request started");
    this.name = "NotAdministratorError";
  }
}
