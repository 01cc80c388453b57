import type { FieldDefinition } from '../../mapping/field.ts';
import { presenceNames } from '../names/presence-names.ts';
import { field, isDate, isDuration, isIdentifier, isMomentOrTime, isName } from '../reading/plausible.ts';

/** Logins and logouts, by the names that reports give them in several languages. A running number is no id. */
export const presenceFields: readonly FieldDefinition[] = [
  field('externalId', 'Id', isIdentifier, 'session id,login id,shift id,attendance id,punch id,record id,uuid,sitzungs id', presenceNames.externalId),
  field('agent', 'Agent', isName,
    'agent,agent name,agent id,advisor,operator,employee,employee name,staff,staff name,representative,rep,csr,user,user name,name,agent email,mitarbeiter,bearbeiter,berater,personal,conseiller,salarie,agente,asesor,empleado,operatore,dipendente,operador,funcionario,medewerker,konsultant,medarbejder,pracownik', presenceNames.agent),
  field('date', 'Day', isDate, 'date,day,shift date,login date,work date,report date,datum,tag,fecha,dia,data,giorno,jour,dato,dag', presenceNames.date),
  field('login', 'Login', isMomentOrTime,
    'login time,login,log in,logged in,logged in at,login at,sign in,signed in,sign in time,start,start time,started at,from,begin,clock in,time in,punch in,shift start,arrival,anmeldung,anmeldezeit,angemeldet,beginn,von,kommen,kommt,connexion,heure connexion,debut,arrivee,inicio,inicio sesion,entrada,hora entrada,ingreso,accesso,inizio,ora inizio,ingresso,aanmelding,inloggen,ingelogd,aanvang,start tid,logga in,logowanie,rozpoczecie', presenceNames.login),
  field('logout', 'Logout', isMomentOrTime,
    'logout time,logout,log out,logged out,logged out at,logout at,sign out,signed out,sign out time,end,end time,ended at,to,until,finish,clock out,time out,punch out,shift end,departure,abmeldung,abmeldezeit,abgemeldet,ende,bis,gehen,geht,deconnexion,heure deconnexion,fin,depart,fin sesion,salida,hora salida,egreso,fine,ora fine,uscita,disconnessione,fim,saida,termino,afmelding,uitloggen,uitgelogd,einde,slut tid,logga ut,wylogowanie,zakonczenie', presenceNames.logout),
  field('duration', 'Duration', isDuration,
    'duration,login duration,session duration,total time,logged in time,time logged in,online time,hours,hours worked,working time,staffed time,length,dauer,anwesenheit,anwesenheitszeit,arbeitszeit,stunden,duree,temps connexion,heures,duracion,horas,tiempo conectado,durata,ore,duracao,tempo,duur,uren,varighed,tid,czas trwania', presenceNames.duration),
];
