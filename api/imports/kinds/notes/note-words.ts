import { vocabulary } from '../../values/vocabulary.ts';

export const noteTypeNames = ['COACHING', 'POSITIVE', 'URGENT'] as const;
export const noteTypes = vocabulary<(typeof noteTypeNames)[number]>([
  ['COACHING', 'coaching,improvement,development,feedback,correction,to improve,negative,verbesserung,entwicklung,amelioration,mejora,miglioramento,melhoria,verbetering'],
  ['POSITIVE', 'positive,praise,kudos,recognition,compliment,commendation,lob,anerkennung,felicitation,elogio,reconocimiento,complimento,lof'],
  ['URGENT', 'urgent,critical,escalation,serious,dringend,eilig,urgente,spoed'],
]);
