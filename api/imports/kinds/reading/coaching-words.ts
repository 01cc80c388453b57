import { vocabulary } from '../../values/vocabulary.ts';

/** Priorities of notes and action items, as files say them. */
export const priorities = vocabulary<'LOW' | 'MEDIUM' | 'HIGH'>([
  ['LOW', 'low,l,minor,p3,3,niedrig,gering,bas,basse,faible,baja,bajo,bassa,basso,baixa,laag'],
  ['MEDIUM', 'medium,m,normal,standard,p2,2,mittel,moyen,moyenne,media,medio,normale,gemiddeld'],
  ['HIGH', 'high,h,major,critical,urgent,p1,1,hoch,dringend,haut,haute,elevee,alta,alto,hoog'],
]);
export const priorityNames = ['LOW', 'MEDIUM', 'HIGH'] as const;
