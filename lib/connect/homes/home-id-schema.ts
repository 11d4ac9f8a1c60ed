import { z } from "zod";

/**
 * A home's or a product's identifier: a UUID, so far as anybody saw. One that is not so plain would be
 * another address in a path.
 */
export const homeIdSchema = z.string().regex(/^(?!\.+$)[\w.-]{1,100}$/);
