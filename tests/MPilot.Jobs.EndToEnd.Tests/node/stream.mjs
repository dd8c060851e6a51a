// Streams an edit with the unmodified openai package and prints the events it understood, without their pictures, as JSON.
// usage: node stream.mjs BASE_URL '{"image": PATH, ...parameters}'
import { readFileSync } from 'node:fs';
import OpenAI, { toFile } from 'openai';

const [baseURL, text] = process.argv.slice(2);
const { image, ...parameters } = JSON.parse(text);

const client = new OpenAI({ apiKey: 'sk-anything', baseURL });
const events = [];
try {
  const file = await toFile(readFileSync(image), 'picture.png', { type: 'image/png' });
  for await (const event of await client.images.edit({ ...parameters, image: file, stream: true })) {
    events.push({ ...event, b64_json: event.b64_json?.slice(0, 8) });
  }
  console.log(JSON.stringify({ events }));
} catch (error) {
  console.log(JSON.stringify({ events, error: { status: error.status ?? null, code: error.code ?? null } }));
}
