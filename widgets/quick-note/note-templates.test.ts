import { expect } from 'chai';
import type { components } from '../../api/http/contract.types.ts';
import type { Draft } from './note-form.ts';
import { withTemplate } from './note-templates.ts';

type Template = components['schemas']['CoachingTemplate'];

const draft = (fields: Partial<Draft> = {}): Draft => ({ noteType: 'COACHING', priority: undefined, content: '', category: '', isPrivate: false, ...fields });
const template = (text: string, fields: Partial<Template> = {}): Template => ({
  id: text, kind: 'note', name: text, description: null, teamId: null, teamName: null, durationMinutes: null, agenda: [], focusMetrics: [], noteType: 'POSITIVE', category: 'Clarity', text,
  createdBy: null, createdAt: '2026-03-01T10:00:00Z', updatedAt: '2026-03-01T10:00:00Z', version: 1, ...fields,
});
const clear = template('Explained it well: ');
const late = template('Came late.', { noteType: 'COACHING', category: null });

describe('A note from a template', () => {
  it('has its text, type and category', () => {
    expect(withTemplate(draft(), undefined, clear)).to.deep.equal({ content: 'Explained it well: ', category: 'Clarity', noteType: 'POSITIVE' });
  });

  it('keeps what was written before, and the category that was chosen', () => {
    expect(withTemplate(draft({ content: 'At nine. ', category: 'Tone' }), undefined, late)).to.deep.equal({ content: 'At nine.\n\nCame late.', category: 'Tone', noteType: 'COACHING' });
  });

  it('gives way to the next template as long as nobody has touched it', () => {
    const taken = draft({ content: 'At nine.\n\nExplained it well: ', category: 'Clarity', noteType: 'POSITIVE' });
    expect(withTemplate(taken, clear, late)).to.deep.equal({ content: 'At nine.\n\nCame late.', category: '', noteType: 'COACHING' });
    expect(withTemplate(taken, clear, undefined)).to.deep.equal({ content: 'At nine.', category: '' });
    expect(withTemplate({ ...taken, content: `${taken.content}twice.` }, undefined, late).content).to.equal('At nine.\n\nExplained it well: twice.\n\nCame late.');
  });
});
