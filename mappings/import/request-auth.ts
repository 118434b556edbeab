import { renderPlain, renderPairs } from './request-parts.ts';
import type { RestConnection } from './rest-connection.ts';
import { spell } from './template/filters.ts';
import type { Values } from './template/render.ts';

type Rendered = [name: string, value: string];

/** The header that proves who asks. A token fetched by OAuth is known as `AccessToken`. */
export function authHeaders({ auth }: RestConnection, values: Values): Rendered[] {
  if (auth.kind === 'basic') {
    const pair = `${renderPlain(auth.username, values)}:${renderPlain(auth.password, values)}`;
    return [['Authorization', `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`]];
  }
  if (auth.kind === 'bearer') return [['Authorization', `Bearer ${renderPlain(auth.token, values)}`]];
  if (auth.kind === 'apiKey' && auth.in === 'header') return renderPairs([auth], values);
  if (auth.kind === 'step' && auth.header !== undefined) {
    // The step that signs in knows neither yet.
    return renderPairs([auth.header], values).filter(([name, value]) => name !== '' && value !== '');
  }
  const token = auth.kind === 'oauth2' ? spell(values.values.get('AccessToken')) : '';
  return token === '' ? [] : [['Authorization', `Bearer ${token}`]];
}

export function authQuery({ auth }: RestConnection, values: Values): Rendered[] {
  return auth.kind === 'apiKey' && auth.in === 'query' ? renderPairs([auth], values) : [];
}
