import { expect } from 'chai';
import fc from 'fast-check';
import { judge } from '../../api/sessions/live/field-versions.ts';
import { LiveDocument, type CoachingSession, type DocumentUpdate, type Unsaved, type Writing } from './live-document.ts';

const EMPTY = { discussionNotes: '', topicsCovered: [], engagementScore: null, agenda: [], focusMetrics: [], summary: '', commitments: [] };

/** A session of which only the document matters. */
const session = (document: Partial<CoachingSession> = {}): CoachingSession =>
  ({ id: 's', status: 'live', version: 1, versions: {}, ...EMPTY, ...document }) as unknown as CoachingSession;

const point = (id: string, fields: object = {}) => ({ id, title: id, detail: null, source: 'leader' as const, refId: null, addedBy: 1, covered: false, ...fields });

/** What is to be sent, without the name it is sent under. */
const taken = (document: LiveDocument): unknown => {
  const { id: _id, ...rest } = document.take() ?? expect.fail('nothing to send');
  return rest;
};

describe('The document of a session in one of its writers’ hands', () => {
  it('shows what was written at once, and sends it with the version it was written on', () => {
    const document = new LiveDocument(session({ summary: 'Old', versions: { summary: 3 } }));
    document.edit('summary', 'New');
    expect([document.value('summary'), document.unsaved]).to.deep.equal(['New', true]);
    expect(taken(document)).to.deep.equal({ updates: { summary: 'New' }, versions: { summary: 3 } });
    expect(document.take(), 'one at a time').to.equal(undefined);
    document.answered({ applied: { summary: 4 }, refused: {} });
    expect([document.unsaved, document.session.versions]).to.deep.equal([false, { summary: 4 }]);
  });

  it('sends what was written meanwhile on top of what was stored', () => {
    const document = new LiveDocument(session());
    document.edit('summary', 'One');
    document.take();
    document.edit('summary', 'One two');
    document.answered({ applied: { summary: 1 }, refused: {} });
    expect(taken(document)).to.deep.equal({ updates: { summary: 'One two' }, versions: { summary: 1 } });
  });

  it('merges a refused text and sends it again', () => {
    const document = new LiveDocument(session({ discussionNotes: 'Start', versions: { discussionNotes: 1 } }));
    document.edit('discussionNotes', 'Start\nmine');
    document.take();
    document.answered({ applied: {}, refused: { discussionNotes: { value: 'Start\ntheirs', version: 2 } } });
    expect(taken(document)).to.deep.equal({ updates: { discussionNotes: 'Start\ntheirs\nmine' }, versions: { discussionNotes: 2 } });
  });

  it('asks where both set the same, sends nothing of it until somebody decides, and goes on with the rest', () => {
    const document = new LiveDocument(session());
    document.edit('engagementScore', 4);
    document.receive(session({ engagementScore: 2, version: 2, versions: { engagementScore: 1 } }));
    expect(document.clashes).to.deep.equal([{ field: 'engagementScore', mine: 4, theirs: 2 }]);
    document.edit('summary', 'x');
    expect(document.take()?.updates).to.deep.equal({ summary: 'x' });
    document.answered({ applied: { summary: 1 }, refused: {} });
    document.receive(session({ engagementScore: 3, summary: 'x', version: 4, versions: { engagementScore: 2, summary: 1 } }));
    expect(document.clashes).to.deep.equal([{ field: 'engagementScore', mine: 4, theirs: 3 }]);
    document.decide('engagementScore', 4);
    expect(taken(document)).to.deep.equal({ updates: { engagementScore: 4 }, versions: { engagementScore: 2 } });
    expect(document.clashes).to.deep.equal([]);
  });

  it('takes the other’s value without a word to the server', () => {
    const document = new LiveDocument(session());
    document.edit('engagementScore', 4);
    document.receive(session({ engagementScore: 2, version: 2, versions: { engagementScore: 1 } }));
    document.decide('engagementScore', 2);
    expect([document.unsaved, document.value('engagementScore')]).to.deep.equal([false, 2]);
  });

  it('knows its own write when the event overtakes the answer, and takes over what the server made of it', () => {
    const document = new LiveDocument(session());
    document.edit('agenda', [point('a', { addedBy: null })]);
    expect(document.take()?.updates.agenda?.[0]).to.not.have.property('addedBy');
    document.receive(session({ agenda: [point('a', { addedBy: 7 })], version: 2, versions: { agenda: 1 } }));
    document.answered({ applied: { agenda: 1 }, refused: {} });
    expect([document.clashes, document.unsaved, document.value('agenda')]).to.deep.equal([[], false, [point('a', { addedBy: 7 })]]);
  });

  it('keeps what was not stored over a reload, on top of what others wrote since', () => {
    const before = new LiveDocument(session({ summary: 'A', versions: { summary: 1 } }));
    before.edit('summary', 'A\nmine');
    const after = new LiveDocument(session({ summary: 'A\ntheirs', version: 5, versions: { summary: 2 } }), JSON.parse(JSON.stringify(before.kept)) as typeof before.kept);
    expect(taken(after)).to.deep.equal({ updates: { summary: 'A\ntheirs\nmine' }, versions: { summary: 2 } });
  });

  it('sends the same again under the same name until it is answered, and what was written since after that', () => {
    const document = new LiveDocument(session());
    document.edit('summary', 'One');
    const first = document.take();
    document.edit('summary', 'One two');
    document.unanswered();
    expect(document.take()).to.equal(first);
    document.answered({ applied: { summary: 1 }, refused: {} });
    expect(taken(document)).to.deep.equal({ updates: { summary: 'One two' }, versions: { summary: 1 } });
  });

  it('asks, and does not send for ever, what was on its way into an empty field when the page went and somebody else filled it', () => {
    const before = new LiveDocument(session());
    before.edit('engagementScore', 2);
    before.take();
    const filled = { engagementScore: 4, version: 2, versions: { engagementScore: 2 } };
    const document = new LiveDocument(session(filled), structuredClone(before.kept));
    expect(taken(document)).to.deep.equal({ updates: { engagementScore: 2 }, versions: { engagementScore: 0 } });
    document.answered({ applied: {}, refused: { engagementScore: { value: 4, version: 2 } } });
    expect(document.clashes).to.deep.equal([{ field: 'engagementScore', mine: 2, theirs: 4 }]);
    expect(document.take()).to.equal(undefined);
    document.decide('engagementScore', 2);
    expect(taken(document)).to.deep.equal({ updates: { engagementScore: 2 }, versions: { engagementScore: 2 } });
  });

  it('keeps what was refused as a whole, and shows it', () => {
    const document = new LiveDocument(session());
    document.edit('summary', 'Too late');
    document.take();
    document.rejected();
    expect([document.unsaved, document.value('summary')]).to.deep.equal([true, 'Too late']);
  });

  it('takes nothing back for an older state that arrives late', () => {
    const document = new LiveDocument(session({ summary: 'New', version: 5, versions: { summary: 2 } }));
    document.receive(session({ summary: 'Old', version: 4, versions: { summary: 1 }, status: 'preparing' }));
    expect([document.value('summary'), document.session.status]).to.deep.equal(['New', 'live']);
  });
});

/** What a server does with writes, by its own rule; the same write once more gets the answer of the first time. */
class Server {
  session = session();
  readonly #answers = new Map<string, DocumentUpdate>();

  write({ id, updates, versions }: Writing): DocumentUpdate {
    const known = this.#answers.get(id);
    if (known) return known;
    const { writes, agreed, refused } = judge(this.session, this.session.versions, updates, versions);
    const counted = Object.fromEntries(Object.keys(writes).map((field) => [field, (this.session.versions[field] ?? 0) + 1]));
    this.session = { ...this.session, ...(writes as Partial<CoachingSession>), version: this.session.version + 1, versions: { ...this.session.versions, ...counted } };
    const answer = { applied: Object.fromEntries([...Object.keys(writes), ...agreed].map((field) => [field, this.session.versions[field] ?? 0])), refused } as DocumentUpdate;
    this.#answers.set(id, answer);
    return answer;
  }
}

describe('Several writers of one document', () => {
  const WRITERS = 3;
  const step = fc.record({ who: fc.nat(WRITERS - 1), what: fc.constantFrom('write', 'write', 'send', 'hear', 'lose', 'miss', 'reload'), at: fc.nat(1000) });

  it('agree in the end, and every word anybody wrote is there, whatever is lost on the way', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const server = new Server();
        const writers = Array.from({ length: WRITERS }, () => new LiveDocument(server.session));
        const words: string[] = [];
        const send = (who: number, isAnswered: boolean): void => {
          const writing = writers[who]?.take();
          if (!writing) return;
          const answer = server.write(writing);
          if (isAnswered) writers[who]?.answered(answer);
          else writers[who]?.unanswered();
        };
        steps.forEach(({ who, what, at }, n) => {
          const document = writers[who] ?? expect.fail();
          if (what === 'write') {
            const word = `<${who}.${n}>`;
            words.push(word);
            const lines = document.value('discussionNotes').split('\n');
            lines.splice(at % (lines.length + 1), 0, word);
            document.edit('discussionNotes', lines.join('\n'));
            document.edit('topicsCovered', [...document.value('topicsCovered'), word]);
          } else if (what === 'hear') document.receive(server.session);
          else if (what === 'reload') writers[who] = new LiveDocument(server.session, JSON.parse(JSON.stringify(document.kept)) as Unsaved);
          else if (what === 'miss') {
            document.take();
            document.unanswered();
          }
          else send(who, what === 'send');
        });
        for (let round = 0; round < 2 * WRITERS; round++) writers.forEach((document, who) => {
          document.receive(server.session);
          send(who, true);
        });
        for (const document of writers) document.receive(server.session);
        for (const document of writers) {
          expect(document.clashes).to.deep.equal([]);
          expect(document.unsaved).to.equal(false);
          expect(document.value('discussionNotes')).to.equal(server.session.discussionNotes);
        }
        for (const word of words) {
          expect(server.session.discussionNotes.split(word), word).to.have.lengthOf(2);
          expect(server.session.topicsCovered).to.include(word);
        }
      }),
      { numRuns: 200 },
    );
  });
});
