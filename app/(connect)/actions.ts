"use server";

import { redirect } from "next/navigation";

import { requireUser, signOut } from "#lib/connect/auth.ts";
import { askForMore, connect, connectByHomes } from "#lib/connect/linked-accounts/connect.ts";
import { disconnect, disconnectSchema } from "#lib/connect/linked-accounts/disconnect.ts";

export async function connectAction(): Promise<void> {
  await connect();
}

export async function connectByHomesAction(): Promise<void> {
  await connectByHomes();
}

export async function askForMoreAction(form: FormData): Promise<void> {
  const user = await requireUser();
  await askForMore(user, form.getAll("scope").map(String));
}

export async function disconnectAction(form: FormData): Promise<void> {
  const user = await requireUser();
  const input = disconnectSchema.safeParse(Object.fromEntries(form));
  const outcome = input.success ? await disconnect(user, input.data.id) : "unknown";
  redirect(`/account?disconnected=${outcome}`);
}

export async function signOutAction(): Promise<void> {
  await signOut({ redirectTo: "/" });
}
