// Verifies a webhook by the library of Standard Webhooks for Node.js.
const { Webhook } = require("standardwebhooks");

const received = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
try {
  const event = new Webhook(received.secret).verify(received.body, received.headers);
  console.log(`verified ${event.type}`);
} catch (refused) {
  console.log(`refused: ${refused.message}`);
}
