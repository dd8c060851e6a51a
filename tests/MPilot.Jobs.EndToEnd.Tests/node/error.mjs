// What a client's error says, in one shape for all clients.
export function describe(error) {
  const last = error.lastError ?? error;
  const said = last.data?.error;
  return {
    name: last.constructor.name,
    status: last.status ?? last.statusCode ?? null,
    code: last.code ?? said?.code ?? null,
    message: last.message,
  };
}
