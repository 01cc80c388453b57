import type { ErrorObject } from 'ajv/dist/2020.js';

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text', integer: 'a whole number', number: 'a number', boolean: 'true or false', array: 'a list', object: 'an object', null: 'null',
};

const FORMATS: Readonly<Record<string, string>> = {
  name: 'must be one line of visible letters',
  email: 'is no e-mail address',
  date: 'is no date such as 2026-01-31',
  'date-time': 'is no instant such as 2026-01-31T09:30:00Z',
  uuid: 'is no UUID',
};

/** What is wrong with a value, as people say it: `is longer than 255 characters`. Meant to follow its name. */
export function faultWords({ keyword, params, message = 'is not valid' }: ErrorObject): string {
  const limit = Number(params['limit']);
  switch (keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'is not known here';
    case 'enum':
      return `must be one of ${(params['allowedValues'] as unknown[]).filter((value) => value !== null).map(String).join(', ')}`;
    case 'type':
      return `must be ${[params['type'] as string | string[]].flat().map((type) => TYPES[type] ?? type).join(' or ')}`;
    case 'format':
      return FORMATS[String(params['format'])] ?? message;
    case 'pattern':
      return params['pattern'] === '\\S' ? 'is blank' : message;
    case 'minLength':
      return limit === 1 ? 'is empty' : `has fewer than ${limit} characters`;
    case 'maxLength':
      return `is longer than ${limit} characters`;
    case 'minimum':
      return `must be at least ${limit}`;
    case 'maximum':
      return `must be at most ${limit}`;
    case 'minItems':
      return limit === 1 ? 'is empty' : `has fewer than ${limit} entries`;
    case 'maxItems':
      return `has more than ${limit} entries`;
    default:
      return message;
  }
}

/** Each value's faults without those that follow from another of them: what is empty need not be told that it is blank, too. */
export function tellingFaults(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const empty = new Set(errors.filter(({ keyword }) => keyword === 'minLength').map(({ instancePath }) => instancePath));
  return errors.filter(({ keyword, instancePath }) => keyword !== 'pattern' || !empty.has(instancePath));
}
