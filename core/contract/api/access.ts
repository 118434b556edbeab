import { z } from 'zod';
import { permission, role } from '../permissions.ts';
import { defineRoute } from '../route.ts';

export const password = z.string().min(10, 'at least 10 characters').max(200);
export const user = z.object({
  id: z.string(),
  email: z.email(),
  displayName: z.string(),
  role,
  /** The agent's extension on the switch; the desk pops for it. */
  extension: z.string().nullable(),
  connectionId: z.string().nullable(),
  disabled: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type User = z.output<typeof user>;

export const me = z.object({ user, permissions: z.array(permission) });
const credentials = z.object({ email: z.email(), password: z.string().min(1).max(200) });
const userFields = z.object({
  email: z.email(),
  displayName: z.string().min(1).max(120),
  role,
  extension: z.string().max(40).nullable(),
  connectionId: z.string().nullable(),
});
const userDraft = userFields.extend({
  extension: userFields.shape.extension.default(null),
  connectionId: userFields.shape.connectionId.default(null),
});
const userId = z.object({ userId: z.string() });

export const setUpState = defineRoute({
  id: 'setUp.state',
  method: 'GET',
  path: '/api/set-up',
  permission: 'public',
  summary: 'Whether the first administrator still has to be made',
  response: z.object({ needed: z.boolean(), demoAvailable: z.boolean() }),
});
export const setUp = defineRoute({
  id: 'setUp.complete',
  method: 'POST',
  path: '/api/set-up',
  permission: 'public',
  summary: 'Make the first administrator and sign in; refused once one exists',
  body: z.object({
    email: z.email(),
    displayName: z.string().min(1).max(120),
    password,
    defaultRegion: z.string().length(2),
  }),
  response: me,
  status: 201,
});
export const logIn = defineRoute({
  id: 'session.logIn',
  method: 'POST',
  path: '/api/session',
  permission: 'public',
  summary: 'Sign in with e-mail and password; sets the session cookie',
  body: credentials,
  response: me,
});
export const logOut = defineRoute({
  id: 'session.logOut',
  method: 'DELETE',
  path: '/api/session',
  permission: 'self',
  summary: 'Sign out',
  response: z.null(),
  status: 204,
});
export const whoAmI = defineRoute({
  id: 'session.me',
  method: 'GET',
  path: '/api/session',
  permission: 'self',
  summary: 'The signed-in user',
  response: me,
});
export const listUsers = defineRoute({
  id: 'users.list',
  method: 'GET',
  path: '/api/users',
  permission: 'users.manage',
  summary: 'All users',
  response: z.object({ items: z.array(user) }),
});
export const createUser = defineRoute({
  id: 'users.create',
  method: 'POST',
  path: '/api/users',
  permission: 'users.manage',
  summary: 'Make a user',
  body: userDraft.extend({ password }),
  response: user,
  status: 201,
});
export const updateUser = defineRoute({
  id: 'users.update',
  method: 'PATCH',
  path: '/api/users/:userId',
  permission: 'users.manage',
  summary: 'Change a user',
  params: userId,
  // Not the draft's partial: its defaults would empty the fields a change leaves out.
  body: userFields.partial().extend({ disabled: z.boolean().optional(), password: password.optional() }),
  response: user,
});
export const updateMyExtension = defineRoute({
  id: 'session.extension',
  method: 'PUT',
  path: '/api/session/extension',
  permission: 'self',
  summary: 'Take a phone: the extension this desk pops for',
  body: z.object({ extension: z.string().max(40).nullable(), connectionId: z.string().nullable() }),
  response: me,
});

export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  role,
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export const listApiKeys = defineRoute({
  id: 'apiKeys.list',
  method: 'GET',
  path: '/api/api-keys',
  permission: 'keys.manage',
  summary: 'API keys, without their secrets',
  response: z.object({ items: z.array(apiKey) }),
});
export const createApiKey = defineRoute({
  id: 'apiKeys.create',
  method: 'POST',
  path: '/api/api-keys',
  permission: 'keys.manage',
  summary: 'Make an API key; its secret is shown this once',
  body: z.object({ name: z.string().min(1).max(80), role }),
  response: apiKey.extend({ secret: z.string() }),
  status: 201,
});
export const revokeApiKey = defineRoute({
  id: 'apiKeys.revoke',
  method: 'DELETE',
  path: '/api/api-keys/:keyId',
  permission: 'keys.manage',
  summary: 'Revoke an API key at once',
  params: z.object({ keyId: z.string() }),
  response: z.null(),
  status: 204,
});
