// Goes through the life of an uploaded file with the unmodified openai package and prints what came back as JSON.
// usage: node files.mjs BASE_URL PATH
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import OpenAI from 'openai';

const [baseURL, path] = process.argv.slice(2);
const client = new OpenAI({ apiKey: 'sk-anything', baseURL });

const first = await client.files.create({ file: createReadStream(path), purpose: 'vision' });
const second = await client.files.create({ file: createReadStream(path), purpose: 'user_data' });
const listed = [];
for await (const file of client.files.list({ limit: 1 })) {
  listed.push(file.id);
}

const retrieved = await client.files.retrieve(first.id);
const content = Buffer.from(await (await client.files.content(first.id)).arrayBuffer());
const deleted = await client.files.delete(first.id);
let afterwards;
try {
  await client.files.retrieve(first.id);
} catch (error) {
  afterwards = { status: error.status, code: error.code };
}

await client.files.delete(second.id);
console.log(JSON.stringify({ first, second, listed, retrieved, sha256: createHash('sha256').update(content).digest('hex'), deleted, afterwards }));
