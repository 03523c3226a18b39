'use strict';

const assert = require('node:assert/strict');
const http = require('node:http');
const { once } = require('node:events');

/** The server of the test, and a key with all scopes for API keys and a renewal credential. */
const { SERVER, CLIENT_ID, CLIENT_SECRET } = process.env;

// Other tests turn the server's clock, and what is tested compares times with it.
const now = Date.now;
Date.now = () => now() + Number(process.env.CLOCK_AHEAD);

/** How long a test waits for what comes soon, in milliseconds. */
const SOON = 40_000;

/** Fetches the key's current secret as any client of OAuth 2.0 does. */
const token = async (address = `${SERVER}/api/v1/oauth/token`, id = CLIENT_ID, secret = CLIENT_SECRET) => {
  const response = await fetch(address, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const body = await response.json();
  assert.equal(response.status, 200, JSON.stringify(body));
  return body.access_token;
};

/** Calls the API past what is tested. Answers the body; an answer without success fails. */
const call = async (method, path, body, headers = {}) => {
  const response = await fetch(`${SERVER}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${await token()}`, 'Content-Type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
};

/** Receives webhooks, and answers 200. */
const receiver = async () => {
  const waiting = [];
  const received = [];
  const server = http.createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) {
      parts.push(part);
    }
    response.end('{}');
    const delivery = { path: request.url, headers: request.headers, content: Buffer.concat(parts).toString() };
    const next = waiting.findIndex(({ path }) => path === delivery.path);
    if (next < 0) {
      received.push(delivery);
    } else {
      waiting.splice(next, 1)[0].resolve(delivery);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: (path) => `http://127.0.0.1:${server.address().port}${path}`,
    /** The next delivery at a path. */
    next: (path) => {
      const at = received.findIndex((each) => each.path === path);
      if (at >= 0) {
        return Promise.resolve(received.splice(at, 1)[0]);
      }
      return new Promise((resolve, reject) => {
        waiting.push({ path, resolve });
        setTimeout(() => reject(new Error(`no delivery at ${path}`)), SOON).unref();
      });
    },
    close: () => server.close(),
  };
};

/** Runs a program; its last line says that it came to its end. */
const main = (program) =>
  program().then(
    (done) => console.log(done),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );

module.exports = { CLIENT_ID, CLIENT_SECRET, SERVER, SOON, call, main, receiver, token };
