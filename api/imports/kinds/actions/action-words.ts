import { vocabulary } from '../../values/vocabulary.ts';

export const statusNames = ['open', 'in_progress', 'done', 'cancelled'] as const;
export const statuses = vocabulary<(typeof statusNames)[number]>([
  ['open', 'open,new,to do,todo,not started,pending,offen,neu,ouvert,a faire,abierto,pendiente,aperto,aberto,à faire,nouveau,pendiente,nuevo,da fare,nuovo,pendente,a fazer,novo,nieuw,te doen,otwarte,otwarty,nowe,do zrobienia,overdue,past due,late,outstanding,assigned,überfällig,en retard,atrasado,atrasada,vencido,vencida,in ritardo,scaduto,scaduta,te laat,achterstallig,zaległe,zaległy,po terminie'],
  ['in_progress', 'in progress,started,ongoing,doing,wip,in arbeit,laufend,begonnen,en cours,en curso,en progreso,in corso,em andamento,bezig,in bearbeitung,commencé,iniciado,iniciato,em curso,onderhanden,in uitvoering,w toku,rozpoczęte,w trakcie'],
  ['done', 'done,completed,complete,closed,finished,resolved,erledigt,abgeschlossen,fertig,termine,fait,hecho,completado,fatto,completato,concluido,klaar,afgerond,terminé,terminée,achevé,terminado,finalizado,terminato,feito,concluída,gereed,gedaan,voltooid,zakończone,wykonane,zrobione,ukończone,gotowe'],
  ['cancelled', 'cancelled,canceled,dropped,void,abgebrochen,storniert,annule,cancelado,annullato,geannuleerd,annulé,annulée,cancelada,anulado,annullata,anulado,vervallen,anulowane,odwołane'],
]);
