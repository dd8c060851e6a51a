// Edits a picture with an unmodified openai package and prints what came back, or what was thrown, as JSON.
// usage: node edit.mjs BASE_URL '{"image": PATH | [PATH, ...], "mask": PATH, "sdk": PACKAGE, "azure": true, "client": OPTIONS, "call": OPTIONS, ...parameters}'
import { createReadStream, readFileSync } from 'node:fs';
import { describe } from './error.mjs';

const [baseURL, text] = process.argv.slice(2);
const { image, mask, via, sdk = 'openai', azure, client: options, call, ...parameters } = JSON.parse(text);
const { default: OpenAI, AzureOpenAI, toFile } = await import(sdk);
const open = (path) => (via === 'stream' ? createReadStream(path) : toFile(readFileSync(path), 'picture.png', { type: 'image/png' }));

const client = new (azure ? AzureOpenAI : OpenAI)({ apiKey: 'sk-anything', baseURL, ...options });
const edit = {
  ...parameters,
  image: Array.isArray(image) ? await Promise.all(image.map(open)) : await open(image),
  ...(mask ? { mask: await open(mask) } : {}),
};
try {
  const answer = await client.images.edit(edit, call);
  console.log(JSON.stringify({ ...answer, jobs: [answer.id] }));
} catch (error) {
  console.log(JSON.stringify({ error: describe(error) }));
}
