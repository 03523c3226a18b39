'use strict';

const crypto = require('crypto');

const PREFIX = 'whsec_';
const A_DAY = 24 * 60 * 60;

/** Zapier hands headers over as `Http-Webhook-Id`. */
const header = (headers, name) => {
  const found = Object.entries(headers || {}).find(([key]) => key.toLowerCase().replace(/^http-/, '') === name);
  return found ? String(found[1]) : '';
};

/**
 * Whether a delivery is signed with this secret after Standard Webhooks. Zapier may hand a delivery over late, for example
 * when it was held back. So a delivery may be a day old, and not only five minutes as in the libraries of Standard Webhooks.
 *
 * @param secret as Keyturn gave it out: whsec_ and the Base64 of the key
 * @param request headers, and the body as it came
 * @param now in seconds since 1970
 */
const isSigned = (secret, { headers, content }, now) => {
  const timestamp = header(headers, 'webhook-timestamp');
  if (!secret || !/^[0-9]+$/.test(timestamp) || Math.abs(now - Number(timestamp)) > A_DAY) {
    return false;
  }
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
  const expected = crypto
    .createHmac('sha256', key)
    .update(`${header(headers, 'webhook-id')}.${timestamp}.${content}`)
    .digest();
  return header(headers, 'webhook-signature')
    .split(' ')
    .some((signature) => {
      const [version, value = ''] = signature.split(',');
      const given = Buffer.from(value, 'base64');
      return version === 'v1' && given.length === expected.length && crypto.timingSafeEqual(given, expected);
    });
};

module.exports = { isSigned };
