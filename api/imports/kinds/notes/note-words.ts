import { vocabulary } from '../../values/vocabulary.ts';

export const noteTypeNames = ['COACHING', 'POSITIVE', 'URGENT'] as const;
export const noteTypes = vocabulary<(typeof noteTypeNames)[number]>([
  ['COACHING', 'coaching,improvement,development,feedback,correction,to improve,negative,verbesserung,entwicklung,amelioration,mejora,miglioramento,melhoria,verbetering,amélioration,à améliorer,développement,a mejorar,desarrollo,sviluppo,da migliorare,desenvolvimento,a melhorar,ontwikkeling,te verbeteren,rozwój,poprawa,do poprawy,coachingowa'],
  ['POSITIVE', 'positive,praise,kudos,recognition,compliment,commendation,lob,anerkennung,felicitation,elogio,reconocimiento,complimento,lof,positiv,positif,félicitations,compliment,éloge,positivo,felicitación,elogio,positiva,positief,compliment,pluim,pochwała,pozytywna,pozytywne'],
  ['URGENT', 'urgent,critical,escalation,serious,dringend,eilig,urgente,spoed,kritisch,critique,crítico,crítica,critico,dringend,pilne,pilna,krytyczne'],
]);
