import type { IncomingMessage } from 'node:http';
import { Refusal } from '#sandbox/http/answers';
import type { Json } from '#sandbox/tenant/world';

const largestBody = 4 * 1024 * 1024;

/** @throws Refusal for a body that is too large. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > largestBody) throw new Refusal(413, 'RequestEntityTooLarge', 'The request is too large.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** JSON, or a form as an object of its fields. @throws Refusal for what is neither. */
export function parseBody(text: string, contentType: string): Json | undefined {
  if (text === '') return undefined;
  if (contentType.includes('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch (error) {
    const refusal = new Refusal(400, 'BadRequest', 'Unable to read JSON request payload.');
    refusal.cause = error;
    throw refusal;
  }
}

export function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
