import { html, nothing, type TemplateResult } from 'lit';
import type { Locale } from '../shared/locale.ts';
import type { Form } from './form.ts';

/**
 * What somebody else changed while this was being edited: theirs is taken over where nothing was written here, and
 * where both wrote the person decides.
 *
 * @param word a field's name and its value in words
 */
export function clashNotice(locale: Locale, form: Form, word: { label: (key: string) => string; value: (key: string, value: unknown) => string }): TemplateResult | typeof nothing {
  const { clash } = form;
  if (!clash) return nothing;
  const t = locale.t.bind(locale);
  const when = clash.at ? locale.instant(clash.at) : '';
  const title = clash.by ? t('admin.clash.by', { name: clash.by, when }) : t('admin.clash.somebody');
  return html`<div class="clash" part="clash" role="alert">
    <p class="strong">${title}</p>
    <ul>
      ${clash.changes.map((change) => {
        const words = { field: word.label(change.key), from: word.value(change.key, change.from), to: word.value(change.key, change.to) };
        if (!change.clash) return html`<li>${t('admin.clash.taken', words)}</li>`;
        const mine = word.value(change.key, form.draft[change.key]);
        return html`<li>${t('admin.clash.both', { ...words, mine })}
          <span class="choice"><button type="button" @click=${() => form.keepMine(change)}>${t('admin.clash.keep', { value: mine })}</button>
            <button type="button" @click=${() => form.takeTheirs(change)}>${t('admin.clash.take', { value: words.to })}</button></span></li>`;
      })}
    </ul>
    <p class="quiet small">${t('admin.clash.kept')}
      ${form.undecided ? nothing : html`<button type="button" class="link" @click=${() => form.dismissClash()}>${t('admin.clash.dismiss')}</button>`}</p>
  </div>`;
}
