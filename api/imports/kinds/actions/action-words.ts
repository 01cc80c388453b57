import { vocabulary } from '../../values/vocabulary.ts';

export const statusNames = ['open', 'in_progress', 'done', 'cancelled'] as const;
export const statuses = vocabulary<(typeof statusNames)[number]>([
  ['open', 'open,new,to do,todo,not started,pending,offen,neu,ouvert,a faire,abierto,pendiente,aperto,aberto'],
  ['in_progress', 'in progress,started,ongoing,doing,wip,in arbeit,laufend,begonnen,en cours,en curso,en progreso,in corso,em andamento,bezig'],
  ['done', 'done,completed,complete,closed,finished,resolved,erledigt,abgeschlossen,fertig,termine,fait,hecho,completado,fatto,completato,concluido,klaar,afgerond'],
  ['cancelled', 'cancelled,canceled,dropped,void,abgebrochen,storniert,annule,cancelado,annullato,geannuleerd'],
]);
