/** Thrown when the caller lost the administrator role between the gate and the write. Nothing was changed. */
export class NotAdministratorError extends Error {
  constructor() {
    super("This person has lost the administrator role since the request started");
    this.name = "NotAdministratorError";
  }
}
