import type { FieldDefinition } from '../../mapping/field.ts';
import { performanceNames } from '../names/performance-names.ts';
import { field, isCount, isDate, isDuration, isName, isRating, isShare } from '../reading/plausible.ts';

/** The figures of a day, by the names reports give them in several languages. */
export const performanceFields: readonly FieldDefinition[] = [
  field('agent', 'Agent', isName,
    'agent,agent name,agent id,advisor,operator,employee,employee name,representative,rep,csr,user,user name,name,agent email,assignee,assignee name,agent full name,employee no,employee number,employee id,mitarbeiter,bearbeiter,berater,conseiller,agente,asesor,operatore,operador,medewerker,konsultant,medarbejder', performanceNames.agent),
  field('date', 'Day', isDate, 'date,day,report date,datum,tag,fecha,dia,data,giorno,jour,dato,dag', performanceNames.date),
  field('messagesHandled', 'Handled', isCount,
    'handled,messages handled,messages,total chats,chats,chats handled,total calls,calls,calls handled,answered calls,calls answered,contacts,contacts handled,interactions,interactions handled,tickets handled,total contacts,volume,conversations,tickets,cases,answered,acd calls,acd in,handle,total handled,interactions answered,contacts answered,calls taken,inbound handled,contacts handled incoming,bearbeitet,gesprache,anrufe,appels traites,appels,llamadas atendidas,llamadas,chiamate gestite,chiamate,gesprekken', performanceNames.messagesHandled),
  field('ticketsResolved', 'Resolved', isCount,
    'resolved,tickets resolved,resolved tickets,solved,tickets solved,solved tickets,cases resolved,cases closed,closed,resolutions,gelost,erledigt,resolus,resueltos,resueltas,risolti,resolvidos,opgelost', performanceNames.ticketsResolved),
  { isMean: true, ...field('avgResponseTime', 'Response time', isDuration,
    'average response time,response time,art,avg response time,first response time,average first response time,average speed of answer,asa,speed of answer,speed ans,average wait,wait time,average queue answer time,average answer time,time to answer,average time to answer,first reply time,average reply time,average queue time,acd wait,reaktionszeit,antwortzeit,temps reponse,tiempo respuesta,tempo risposta,tempo resposta,reactietijd', performanceNames.avgResponseTime) },
  { isMean: true, ...field('avgHandleTime', 'Handle time', isDuration,
    'average handle time,aht,handle time,average handle,aht seconds,average contact handle time,average contact duration,average resolution time,resolution time,average handling time,handling time,average duration,average talk time,talk time,average interaction time,agent interaction time,average conversation time,average acd time,acd time,average talk,bearbeitungszeit,gesprachsdauer,duree moyenne,dmt,tiempo medio operacion,tmo,tempo medio,tempo medio atendimento,tma,afhandeltijd', performanceNames.avgHandleTime) },
  field('customerSatisfaction', 'CSAT', isRating,
    'average rating,csat,rating,customer satisfaction,satisfaction,csat score,satisfaction score,average csat,satisfaction rating,% satisfaction score,average survey score,survey score,score,stars,bewertung,zufriedenheit,note,satisfaccion,valoracion,soddisfazione,avaliacao,tevredenheid', performanceNames.customerSatisfaction),
  field('ratingCount', 'Ratings', isCount,
    'total feedback,feedback,ratings,number of ratings,rating count,surveys,survey responses,responses,csat responses,survey count,surveys completed,surveys answered,rated tickets,rated satisfaction tickets,feedback count,bewertungen,anzahl bewertungen,avis,encuestas,valoraciones,valutazioni,avaliacoes,beoordelingen', performanceNames.ratingCount),
  field('slaCompliance', 'SLA', isShare, 'sla,sla compliance,service level,sla %,service level %,within sla,sl,% service level,% sla,% within sl,service level percentage,svl,servicelevel,niveau de service,nivel de servicio,livello di servizio,nivel de servico', performanceNames.slaCompliance),
  field('onlineHours', 'Online', isDuration,
    'online hours,online,hours online,logged in,logged in time,login time,login duration,staffed time,staffed,online time,agent login time,logon duration,logon time,log on duration,logged on time,logged in duration,total login time,sign in duration,signed on time,hours worked,working hours,signed in,anmeldezeit,onlinezeit,heures connexion,temps connexion,horas conectado,tiempo conectado,ore online,horas online,uren online', performanceNames.onlineHours),
];

/** Means and totals of time; what their bare numbers count has to be known. */
export const timeFields = ['avgResponseTime', 'avgHandleTime', 'onlineHours'] as const;
export type TimeField = (typeof timeFields)[number];
