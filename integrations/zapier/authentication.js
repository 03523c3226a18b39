'use strict';

const { address } = require('./keyturn');

const TOKEN = '/oauth/token';
const LOCAL = ['localhost', '127.0.0.1'];

const checkAddress = (z, text) => {
  let url;
  try {
    url = new URL(text.trim());
  } catch {
    throw new z.errors.Error('The base URL must be an address such as https://keyturn.example.com.', 'base_url', 422);
  }
  if (url.protocol !== 'https:' && !LOCAL.includes(url.hostname)) {
    throw new z.errors.Error('The base URL must begin with https://, because secrets are sent to it.', 'base_url', 422);
  }
};

/**
 * Fetches the current secret of the key by client credentials (RFC 6749, section 4.4). Zapier calls this when the connection
 * is made, and after each answer 401. So a Zap lives through the daily refresh of the secret.
 */
const fetchSecret = async (z, bundle) => {
  const { base_url: baseUrl, client_id: id, client_secret: secret } = bundle.authData;
  checkAddress(z, baseUrl);
  let response;
  try {
    response = await z.request({
      method: 'POST',
      url: address(bundle, TOKEN),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: { grant_type: 'client_credentials', client_id: id, client_secret: secret },
    });
  } catch (error) {
    // A 401 of this address does not mean that a new secret is to be fetched: this is where it comes from.
    if (error.name === 'RefreshAuthError') {
      throw new z.errors.ExpiredAuthError(
        'Keyturn does not accept the client id and the client secret. See on the page of the key, under Renewal, ' +
          'whether renewal is switched on, and connect again.',
      );
    }
    throw error;
  }
  return { sessionKey: response.data.access_token };
};

const authentication = {
  type: 'session',
  fields: [
    {
      key: 'base_url',
      label: 'Base URL',
      type: 'string',
      required: true,
      isNoSecret: true,
      placeholder: 'https://keyturn.example.com',
      helpText: 'The address of your Keyturn, as in the browser.',
    },
    {
      key: 'client_id',
      label: 'Client ID',
      type: 'string',
      required: true,
      isNoSecret: true,
      helpText: 'On the page of the key in Keyturn, open **Renewal** and press **Switch on**.',
    },
    {
      key: 'client_secret',
      label: 'Client Secret',
      type: 'password',
      required: true,
      helpText: 'Keyturn shows it once, when renewal is switched on.',
    },
  ],
  sessionConfig: { perform: fetchSecret },
  test: async (z, bundle) => {
    const response = await z.request({ url: address(bundle, '/me') });
    return { api_key: response.data.api_key.name, organisation: response.data.organisation.name };
  },
  connectionLabel: (z, bundle) => `${bundle.inputData.api_key} (${bundle.inputData.organisation})`,
};

/** Sends the current secret with each request but the request that fetches it. */
const withSecret = (request, z, bundle) => {
  if (bundle.authData.sessionKey && !request.url.endsWith(TOKEN)) {
    request.headers = { ...request.headers, Authorization: `Bearer ${bundle.authData.sessionKey}` };
  }
  return request;
};

module.exports = { authentication, withSecret };
