'use strict';

const ROWS = 200;
const PAGES = 10;

/**
 * The address of a path of the API. The base address may end with a slash or with the API's own path, because people copy
 * both.
 */
const address = (bundle, path) =>
  bundle.authData.base_url.trim().replace(/\/*$/, '').replace(/\/api\/v1$/, '') + '/api/v1' + path;

/**
 * Turns a problem document (RFC 9457) or an error of OAuth 2.0 into a message for the history of the Zap. 401 and 429 never
 * come here: Zapier's core handles them before.
 */
const explained = (response, z) => {
  if (response.status < 400 || response.skipThrowForStatus) {
    return response;
  }
  const { code, detail, errors = [], error, error_description: description } = response.data || {};
  if (!code && !error) {
    return response;
  }
  // The detail of one wrong member says it all.
  const message =
    errors.length > 1
      ? errors.map(({ field, message: wrong }) => `${field} ${wrong}`).join('; ')
      : detail || description || error;
  if (response.status === 503) {
    throw new z.errors.ThrottledError(message, Number(response.getHeader('retry-after')) || 60);
  }
  throw new z.errors.Error(message, code || error, response.status);
};

/** A body as JSON. Zapier's core takes two curly braces out of the texts of an object, but leaves a text as it is. */
const json = (data) => ({ headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(data) });

/** The answer of a list. The parameters stand in the address for the same reason. */
const list = async (z, bundle, path, params = {}) => {
  const response = await z.request({ url: `${address(bundle, path)}?${new URLSearchParams(params)}` });
  return response.data;
};

/** One page of a list, with at most 200 rows. */
const page = (z, bundle, path, params) => list(z, bundle, path, { limit: ROWS, ...params });

/** All rows of a list, but not more than 2000, because Zapier waits for 30 seconds only. */
const allRows = async (z, bundle, path, params = {}) => {
  const rows = [];
  let cursor = '';
  for (let pages = 0; pages < PAGES; pages++) {
    const next = await page(z, bundle, path, { ...params, cursor });
    rows.push(...next.data);
    if (!next.page.has_more) {
      break;
    }
    cursor = next.page.next_cursor;
  }
  return rows;
};

module.exports = { address, allRows, explained, json, list, page };
