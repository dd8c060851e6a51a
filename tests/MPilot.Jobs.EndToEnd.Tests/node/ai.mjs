// Edits pictures with the unmodified ai package and one of its providers and prints what came back, or what was thrown, as JSON.
// usage: node ai.mjs SERVICE_URL '{"sdk": PROVIDER, "image": PATH | [PATH, ...], "mask": PATH, "model": ID, "prompt": TEXT, "timeout": MS, ...parameters}'
import { readFileSync } from 'node:fs';
import { createAzure } from '@ai-sdk/azure';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { createXai } from '@ai-sdk/xai';
import { generateImage } from 'ai';
import { describe } from './error.mjs';

const [service, text] = process.argv.slice(2);
const { sdk, image, mask, model, prompt, timeout, ...parameters } = JSON.parse(text);
const at = (path) => ({ apiKey: 'sk-anything', baseURL: `${service}${path}` });
const provider = {
  'ai-openai': () => createOpenAI(at('/v1')),
  'ai-compatible': () => createOpenAICompatible({ name: 'mpilot', ...at('/v1') }),
  'ai-azure': () => createAzure(at('/openai/v1')),
  'ai-azure-deployment': () => createAzure({ ...at('/openai'), useDeploymentBasedUrls: true }),
  'ai-xai': () => createXai(at('/v1')),
}[sdk]();

try {
  const answer = await generateImage({
    ...parameters,
    model: provider.imageModel(model),
    prompt: { text: prompt, images: [image].flat().map((path) => readFileSync(path)), ...(mask ? { mask: readFileSync(mask) } : {}) },
    ...(timeout ? { abortSignal: AbortSignal.timeout(timeout) } : {}),
  });
  console.log(JSON.stringify({
    data: answer.images.map((each) => ({ b64_json: each.base64 })),
    jobs: answer.responses.map((each) => each.headers['x-mpilot-job-id']),
    warnings: answer.warnings,
  }));
} catch (error) {
  console.log(JSON.stringify({ error: describe(error) }));
}
