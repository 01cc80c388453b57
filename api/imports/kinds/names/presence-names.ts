import { agentNames, dayNames } from './common-names.ts';
import type { ColumnNames } from './language.ts';

/** Columns of logins and logouts. */
export const presenceNames = {
  externalId: {
    de: 'Sitzungs-ID,Schicht-ID,Buchungsnummer', fr: 'Identifiant de session,ID session,Identifiant', es: 'ID de sesión,Identificador de sesión,Identificador', it: 'ID sessione,Identificativo sessione,Identificativo',
    pt: 'ID da sessão,Identificador da sessão,Identificador', nl: 'Sessie-ID,Dienst-ID,Registratienummer', pl: 'ID sesji,Identyfikator sesji,Identyfikator',
  },
  agent: agentNames,
  date: dayNames,
  login: {
    de: 'Anmeldung,Anmeldezeit,Angemeldet,Beginn,Von,Kommen,Dienstbeginn,Arbeitsbeginn,Eingeloggt', fr: 'Connexion,Heure de connexion,Début,Arrivée,Heure d’arrivée,Heure de début,Prise de poste', es: 'Inicio de sesión,Entrada,Hora de entrada,Inicio,Hora de inicio,Conexión,Desde', it: 'Accesso,Ingresso,Ora di accesso,Inizio,Ora di inizio,Entrata,Ora di entrata,Connessione,Dalle',
    pt: 'Entrada,Hora de entrada,Login,Início,Hora de início,Início da sessão,Conexão', nl: 'Aanmelding,Inlogtijd,Ingelogd,Aanvang,Begintijd,Begin,Starttijd,Aangemeld,Van', pl: 'Logowanie,Czas logowania,Rozpoczęcie,Godzina rozpoczęcia,Wejście,Początek,Od,Zalogowanie',
  },
  logout: {
    de: 'Abmeldung,Abmeldezeit,Abgemeldet,Ende,Bis,Gehen,Dienstende,Arbeitsende,Ausgeloggt', fr: 'Déconnexion,Heure de déconnexion,Fin,Départ,Heure de départ,Heure de fin,Fin de poste', es: 'Cierre de sesión,Salida,Hora de salida,Fin,Hora de fin,Desconexión,Hasta', it: 'Uscita,Ora di uscita,Disconnessione,Fine,Ora di fine,Ora di disconnessione,Alle',
    pt: 'Saída,Hora de saída,Logout,Fim,Hora de fim,Fim da sessão,Término,Desconexão', nl: 'Afmelding,Uitlogtijd,Uitgelogd,Einde,Eindtijd,Afgemeld,Tot', pl: 'Wylogowanie,Czas wylogowania,Zakończenie,Godzina zakończenia,Wyjście,Koniec,Do',
  },
  duration: {
    de: 'Dauer,Anwesenheit,Anwesenheitszeit,Arbeitszeit,Stunden', fr: 'Durée,Temps de connexion,Durée de connexion,Temps de présence,Heures', es: 'Duración,Tiempo conectado,Horas,Tiempo de conexión,Horas trabajadas', it: 'Durata,Tempo di connessione,Ore,Presenza,Ore lavorate',
    pt: 'Duração,Tempo conectado,Horas,Tempo de conexão,Horas trabalhadas', nl: 'Duur,Aanwezigheid,Uren,Werktijd', pl: 'Czas trwania,Czas pracy,Godziny,Obecność',
  },
} as const satisfies Readonly<Record<string, ColumnNames>>;
