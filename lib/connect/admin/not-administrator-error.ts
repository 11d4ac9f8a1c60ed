/** Thrown when the caller lost the administrator role between the gate and the write. Nothing was changed. */
export class NotAdministratorError extends Error {
  constructor() {
    super("The role of administrator was taken from this person meanwhile");
    this.name = "NotAdministratorError";
  }
}
