// Edits a picture with the unmodified openai package and prints what came back as JSON.
// usage: node edit.mjs BASE_URL '{"image": PATH | [PATH, ...], "mask": PATH, ...parameters}'
import { createReadStream, readFileSync } from 'node:fs';
import OpenAI, { toFile } from 'openai';

const [baseURL, text] = process.argv.slice(2);
const { image, mask, via, ...parameters } = JSON.parse(text);
const open = (path) => (via === 'stream' ? createReadStream(path) : toFile(readFileSync(path), 'picture.png', { type: 'image/png' }));

const client = new OpenAI({ apiKey: 'sk-anything', baseURL });
const answer = await client.images.edit({
  ...parameters,
  image: Array.isArray(image) ? await Promise.all(image.map(open)) : await open(image),
  ...(mask ? { mask: await open(mask) } : {}),
});
console.log(JSON.stringify(answer));
