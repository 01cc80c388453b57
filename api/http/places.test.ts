import { expect } from 'chai';
import { keyPrincipal, systemPrincipal, type Principal } from '../auth/principal.ts';
import { Places } from './places.ts';

const person = (agentId: number): Principal => ({ ...systemPrincipal('test'), kind: 'person', agentId });
async function* pieces(): AsyncGenerator<number> {
  yield* [1, 2, await Promise.resolve(3)];
}

describe('Places for long answers', () => {
  const refused = async (asked: AsyncGenerator<number>): Promise<string> => asked.next().then(() => 'given', (error: Error) => error.message);

  it('are so many for one caller, and so many in all', async () => {
    const places = new Places({ all: 3, each: 2 });
    const [first, second, third] = [1, 1, 2].map((id) => places.held(person(id), pieces()));
    for (const given of [first, second]) await given?.next();
    expect(await refused(places.held(person(1), pieces()))).to.contain('2 files already');
    await third?.next();
    expect(await refused(places.held(keyPrincipal({ id: 'k', name: 'k', scopes: [] }), pieces()))).to.contain('Others');
  });

  it('are free again after the last piece, when no more are taken, and when one fails', async () => {
    const places = new Places({ all: 1, each: 1 });
    const all = [];
    for await (const piece of places.held(person(1), pieces())) all.push(piece);
    expect(all).to.deep.equal([1, 2, 3]);
    const left = places.held(person(2), pieces());
    await left.next();
    expect(await refused(places.held(person(2), pieces()))).to.contain('a file already');
    await left.return(undefined);
    const failing = (async function* (): AsyncGenerator<number> { throw new Error(await Promise.resolve('broken')); })();
    expect(await refused(places.held(person(3), failing))).to.equal('broken');
    expect(await refused(places.held(person(4), pieces()))).to.equal('given');
  });
});
