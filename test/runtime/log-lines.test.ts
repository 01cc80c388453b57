import { expect } from 'chai';
import { stripVTControlCharacters } from 'node:util';
import { readable } from '../../deploy/log-lines.ts';

const plain = (who: string, line: string): string => stripVTControlCharacters(readable(who, line));
const at = new Date(2026, 10, 20, 9, 5, 7).getTime();

describe('The log that npm start shows', () => {
  it('turns a record into one line with its time, its process and its fields', () => {
    const record = { level: 30, time: at, pid: 1, name: 'api', msg: 'listening', port: 3000, who: 'Ann Lee', nested: { a: [1] } };
    expect(plain('api', JSON.stringify(record))).to.equal(`09:05:07 api      listening port=3000 who="Ann Lee" nested={ a: [ 1 ] }`);
  });

  it('says what is a warning or an error, and shows an error with its stack', () => {
    expect(plain('worker', JSON.stringify({ level: 40, time: at, msg: 'slow' }))).to.equal('09:05:07 worker   warning: slow');
    const record = { level: 50, time: at, msg: 'job failed', err: { message: 'no', stack: 'Error: no\n    at x' }, job: 7 };
    expect(plain('worker', JSON.stringify(record))).to.equal('09:05:07 worker   error: job failed job=7\n    Error: no\n        at x');
  });

  it('passes on whatever is not a record', () => {
    for (const line of ['Error: Cannot find module', '{ not json', '{"a":', '']) expect(plain('api', line)).to.match(/^\d\d:\d\d:\d\d api {6}/).and.satisfy((text: string) => text.endsWith(line));
  });
});
