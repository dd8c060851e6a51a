// Lists models with the unmodified openai package, looks one up, pages through the jobs, and prints it all as JSON.
// usage: node list.mjs BASE_URL MODEL
import OpenAI from 'openai';

const [baseURL, model] = process.argv.slice(2);
const client = new OpenAI({ apiKey: 'sk-anything', baseURL });
const models = [];
for await (const each of await client.models.list()) models.push(each);
console.log(JSON.stringify({
  models,
  model: await client.models.retrieve(model),
  jobs: await client.get('/jobs', { query: { limit: 2, status: 'succeeded' } }),
}));
