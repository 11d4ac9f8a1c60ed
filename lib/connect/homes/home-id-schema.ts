import { z } from "zod";

/**
 * The id of a home or a product: a UUID, as far as we have seen. Other characters are rejected, because in a
 * path they could lead to another URL.
 */
export const homeIdSchema = z.string().regex(/^(?!\.+$)[\w.-]{1,100}$/);
