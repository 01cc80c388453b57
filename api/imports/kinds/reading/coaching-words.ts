import { vocabulary } from '../../values/vocabulary.ts';

/** Priorities of notes and action items, as files say them. */
export const priorities = vocabulary<'LOW' | 'MEDIUM' | 'HIGH'>([
  ['LOW', 'low,l,minor,p3,3,niedrig,gering,bas,basse,faible,baja,bajo,bassa,basso,baixa,laag,basso,baixo,faibles,nieduża,niski,niska,niskie'],
  ['MEDIUM', 'medium,m,normal,standard,p2,2,mittel,moyen,moyenne,media,medio,normale,gemiddeld,media,médio,média,normaal,średni,średnia,średnie,normalny'],
  ['HIGH', 'high,h,major,critical,urgent,p1,1,hoch,dringend,haut,haute,elevee,alta,alto,hoog,urgent,urgente,élevée,critique,crítico,crítica,kritisch,urgência,spoed,dringend,wysoki,wysoka,wysokie,pilne,pilny'],
]);
export const priorityNames = ['LOW', 'MEDIUM', 'HIGH'] as const;
