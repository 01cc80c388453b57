import { agentNames, dayNames, ratingNames } from './common-names.ts';
import type { ColumnNames } from './language.ts';

/** Columns of daily figures. */
export const performanceNames = {
  agent: agentNames,
  date: dayNames,
  messagesHandled: {
    de: 'Bearbeitet,Anrufe,Gespräche,Angenommene Anrufe,Bearbeitete Anrufe,Kontakte,Nachrichten,Bearbeitete Nachrichten,Chats,Vorgänge,Tickets',
    fr: 'Appels traités,Appels,Contacts traités,Messages,Messages traités,Contacts,Conversations,Interactions,Chats,Tickets,Dossiers',
    es: 'Llamadas atendidas,Llamadas,Contactos atendidos,Mensajes,Mensajes atendidos,Contactos,Conversaciones,Interacciones,Chats,Tickets,Casos',
    it: 'Chiamate gestite,Chiamate,Contatti gestiti,Messaggi,Messaggi gestiti,Contatti,Conversazioni,Interazioni,Chat,Ticket,Casi',
    pt: 'Chamadas atendidas,Ligações atendidas,Chamadas,Ligações,Atendimentos,Mensagens,Mensagens atendidas,Contatos,Conversas,Interações,Tickets,Chamados',
    nl: 'Afgehandelde gesprekken,Gesprekken,Beantwoorde gesprekken,Oproepen,Berichten,Afgehandelde berichten,Contacten,Chats,Tickets',
    pl: 'Obsłużone,Odebrane połączenia,Obsłużone połączenia,Połączenia,Rozmowy,Wiadomości,Obsłużone wiadomości,Kontakty,Czaty,Zgłoszenia,Tickety',
  },
  ticketsResolved: {
    de: 'Gelöst,Erledigt,Gelöste Tickets,Gelöste Fälle,Erledigte Vorgänge,Abgeschlossen',
    fr: 'Résolus,Tickets résolus,Demandes résolues,Dossiers résolus,Clôturés',
    es: 'Resueltos,Resueltas,Tickets resueltos,Casos resueltos,Cerrados',
    it: 'Risolti,Ticket risolti,Casi risolti,Chiusi',
    pt: 'Resolvidos,Tickets resolvidos,Chamados resolvidos,Casos resolvidos,Encerrados',
    nl: 'Opgelost,Opgeloste tickets,Opgeloste zaken,Afgesloten',
    pl: 'Rozwiązane,Rozwiązane zgłoszenia,Rozwiązane sprawy,Zamknięte',
  },
  avgResponseTime: {
    de: 'Reaktionszeit,Antwortzeit,Durchschnittliche Antwortzeit,Durchschnittliche Reaktionszeit,Wartezeit,Durchschnittliche Wartezeit',
    fr: 'Temps de réponse,Temps de réponse moyen,Délai de réponse,Temps d’attente,Temps moyen d’attente,TMA',
    es: 'Tiempo de respuesta,Tiempo medio de respuesta,Tiempo de espera,Tiempo medio de espera',
    it: 'Tempo di risposta,Tempo medio di risposta,Tempo di attesa,Tempo medio di attesa',
    pt: 'Tempo de resposta,Tempo médio de resposta,Tempo de espera,Tempo médio de espera,TMR,TME',
    nl: 'Reactietijd,Antwoordtijd,Gemiddelde reactietijd,Wachttijd,Gemiddelde wachttijd',
    pl: 'Czas odpowiedzi,Średni czas odpowiedzi,Czas oczekiwania,Średni czas oczekiwania,Czas reakcji',
  },
  avgHandleTime: {
    de: 'Bearbeitungszeit,Durchschnittliche Bearbeitungszeit,Gesprächsdauer,Durchschnittliche Gesprächsdauer,Gesprächszeit',
    fr: 'Durée moyenne de traitement,Temps de traitement,DMT,Durée de traitement,Durée moyenne,Durée moyenne de conversation',
    es: 'Tiempo medio de operación,Tiempo medio de gestión,TMO,Tiempo de gestión,Duración media,Tiempo medio de conversación',
    it: 'Tempo medio di gestione,Tempo di gestione,Durata media,Tempo medio di conversazione,TMG',
    pt: 'Tempo médio de atendimento,TMA,Tempo de atendimento,Duração média,Tempo médio de conversa',
    nl: 'Afhandeltijd,Gemiddelde afhandeltijd,Gespreksduur,Gemiddelde gespreksduur',
    pl: 'Średni czas obsługi,Czas obsługi,Średni czas rozmowy,Czas rozmowy',
  },
  customerSatisfaction: ratingNames,
  ratingCount: {
    de: 'Bewertungen,Anzahl Bewertungen,Anzahl der Bewertungen,Umfragen,Rückmeldungen', fr: 'Nombre d’avis,Avis,Nombre d’évaluations,Évaluations,Enquêtes,Nombre de notes', es: 'Encuestas,Valoraciones,Número de valoraciones,Número de encuestas', it: 'Valutazioni,Numero di valutazioni,Sondaggi,Questionari',
    pt: 'Avaliações,Número de avaliações,Pesquisas,Inquéritos', nl: 'Beoordelingen,Aantal beoordelingen,Enquêtes', pl: 'Oceny,Liczba ocen,Ankiety,Liczba ankiet',
  },
  slaCompliance: {
    de: 'Servicelevel,SLA-Einhaltung,SLA,Service-Level', fr: 'Niveau de service,Taux de service,SLA,Qualité de service,Respect du SLA', es: 'Nivel de servicio,SLA,Cumplimiento del SLA,Cumplimiento SLA', it: 'Livello di servizio,SLA,Rispetto SLA',
    pt: 'Nível de serviço,SLA,Cumprimento do SLA,Cumprimento SLA', nl: 'Serviceniveau,Servicelevel,SLA,Bereikbaarheid', pl: 'Poziom usług,Poziom obsługi,SLA,Realizacja SLA',
  },
  onlineHours: {
    de: 'Online,Onlinezeit,Anmeldezeit,Angemeldet,Online-Stunden,Arbeitszeit,Stunden', fr: 'Temps de connexion,Heures de connexion,En ligne,Temps connecté,Heures connectées,Heures travaillées', es: 'Tiempo conectado,Horas conectado,En línea,Horas de conexión,Horas trabajadas', it: 'Ore online,Tempo online,Ore di connessione,Tempo di connessione,Ore lavorate',
    pt: 'Horas online,Tempo logado,Tempo conectado,Horas logado,Horas trabalhadas', nl: 'Online uren,Uren online,Ingelogde tijd,Tijd ingelogd,Gewerkte uren', pl: 'Godziny online,Czas zalogowania,Czas online,Godziny pracy,Zalogowany',
  },
} as const satisfies Readonly<Record<string, ColumnNames>>;
