// Verifies webhooks as receivers do, with the packages of Standard Webhooks and Svix, and prints what each made of them as JSON.
// usage: node verify.mjs '[{"secret": "whsec_…", "headers": {"webhook-id": …}, "body": TEXT}, ...]'
import * as standard from 'standardwebhooks';
import * as svix from 'svix';

const verdict = (Webhook, { secret, headers, body }) => {
  try {
    return new Webhook(secret).verify(body, headers);
  } catch (error) {
    return { refused: error.message };
  }
};

const calls = JSON.parse(process.argv[2]);
console.log(JSON.stringify(calls.map((call) => ({ standard: verdict(standard.Webhook, call), svix: verdict(svix.Webhook, call) }))));
