import { nothing, type ElementPart } from 'lit';
import { Directive, directive, PartType, type PartInfo } from 'lit/directive.js';

/**
 * Sets CSS custom properties on an element. Through the CSSOM: a `style` attribute, which Lit's styleMap writes on
 * its first render, is refused by a Content-Security-Policy without 'unsafe-inline'.
 */
class CssVars extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('cssVars belongs on an element: <div ${cssVars({...})}>');
  }

  render(_vars: Readonly<Record<`--${string}`, string | number>>): unknown {
    return nothing;
  }

  override update(part: ElementPart, [vars]: [Readonly<Record<`--${string}`, string | number>>]): unknown {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(vars)) style.setProperty(name, String(value));
    return nothing;
  }
}

export const cssVars = directive(CssVars);
