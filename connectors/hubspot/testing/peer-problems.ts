/** The error bodies of the HubSpot API: `{status, message, correlationId, category, …}`, as its error guide describes. */
export class PeerProblem extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    body: { message: string } & Record<string, unknown>,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(body.message);
    this.status = status;
    this.body = { status: 'error', ...body };
    this.headers = headers;
  }
}

export interface PropertyFault {
  readonly name: string;
  readonly error: string;
  readonly message: string;
}

/** Details travel twice: as JSON inside the message text, and in `errors`. */
export function invalidProperties(faults: readonly PropertyFault[]): PeerProblem {
  const details = faults.map((fault) => ({
    isValid: false,
    message: fault.message,
    error: fault.error,
    name: fault.name,
    localizedErrorMessage: fault.message,
  }));
  return new PeerProblem(400, {
    message: `Property values were not valid: ${JSON.stringify(details)}`,
    errors: faults.map((fault) => ({
      message: fault.message,
      code: fault.error,
      context: { propertyName: [fault.name] },
    })),
    category: 'VALIDATION_ERROR',
  });
}

export const invalidInput = (message: string): PeerProblem =>
  new PeerProblem(400, { message, category: 'VALIDATION_ERROR' });

export const missingProperties = (singular: string, names: readonly string[]): PeerProblem =>
  new PeerProblem(400, {
    message: `Error creating ${singular}. Some required properties were not set.`,
    errors: names.map((name) => ({
      message: `${name} is required`,
      code: 'MISSING_REQUIRED',
      context: { propertyName: [name] },
    })),
    context: { properties: [...names] },
    category: 'VALIDATION_ERROR',
  });

export const alreadyExists = (singular: string, existingId: string): PeerProblem =>
  new PeerProblem(409, {
    message: `${singular} already exists. Existing ID: ${existingId}`,
    category: 'CONFLICT',
  });

export const objectNotFound = (ids: readonly string[]): PeerProblem =>
  new PeerProblem(404, {
    message: 'resource not found',
    context: { ids: [...ids] },
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.404',
  });

export const unknownPath = (): PeerProblem =>
  new PeerProblem(404, { message: 'resource not found', category: 'OBJECT_NOT_FOUND' });

export const wrongMethod = (allowed: readonly string[]): PeerProblem =>
  new PeerProblem(
    405,
    { message: 'HTTP 405 Method Not Allowed', category: 'VALIDATION_ERROR' },
    { allow: allowed.join(', ') },
  );

export const notAuthenticated = (): PeerProblem =>
  new PeerProblem(401, {
    message:
      'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
    category: 'INVALID_AUTHENTICATION',
  });

export const tokenExpired = (): PeerProblem =>
  new PeerProblem(401, {
    message: 'The OAuth token used to make this call expired 5 hour(s) ago.',
    category: 'EXPIRED_AUTHENTICATION',
    context: { 'expire time': ['2026-01-01T00:00:00.000Z'] },
  });

export const missingScopes = (scopes: readonly string[]): PeerProblem =>
  new PeerProblem(403, {
    message:
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    errors: [
      {
        message: 'One or more of the following scopes are required.',
        context: { requiredGranularScopes: [...scopes] },
      },
    ],
    links: { scopes: 'https://developers.hubspot.com/scopes' },
    category: 'MISSING_SCOPES',
  });

export type LimitPolicy = 'DAILY' | 'TEN_SECONDLY_ROLLING' | 'SECONDLY';

export const rateLimited = (policyName: LimitPolicy, retryAfterSecs?: number): PeerProblem =>
  new PeerProblem(
    429,
    {
      message: `You have reached your ${policyName.toLowerCase()} limit.`,
      errorType: 'RATE_LIMIT',
      policyName,
      groupName: 'publicapi:private-apps:api-calls',
    },
    retryAfterSecs === undefined ? {} : { 'retry-after': String(retryAfterSecs) },
  );
