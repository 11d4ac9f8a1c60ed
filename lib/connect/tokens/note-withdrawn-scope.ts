export async function noteWithdrawnScope(_linkedAccountId: string, _scope: string): Promise<void> {}
