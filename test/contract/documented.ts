/**
 * The interfaces of the backend document (spec/agent-management-backend.md, §2 and §3.2), restated from it and not from
 * our contract. Two things are wider than its text, as DESIGN §1 decides: people have five roles, and a figure that
 * nothing was measured for is null (the document's default of 0 breaks its own check). Contact fields are null for
 * those who see people as in the directory.
 */
export type AgentRole = 'admin' | 'manager' | 'team_leader' | 'cs' | 'viewer';
export type OnlineStatus = 'online' | 'offline' | 'away' | 'busy';

export interface Agent {
  id: number;
  username: string | null;
  email: string | null;
  role: AgentRole;
  isActive: boolean;
  lastLoginAt: string | null;
  createdAt: string;
  updatedAt: string;
  fullName: string;
  avatar: string | null;
  phone: string | null;
  department: string;
  onlineStatus: OnlineStatus;
  lastSeen: string | null;
  currentTickets: number | null;
  totalTicketsHandled: number | null;
  avgResponseTime: number | null;
  customerSatisfaction: number | null;
  ticketsResolvedToday: number | null;
  messagesHandledToday: number | null;
  onlineHoursToday: number | null;
}

export interface CreateAgentData {
  username: string;
  email: string;
  fullName: string;
  role: 'admin' | 'cs' | 'viewer';
  department: string;
  phone?: string;
  password: string;
}

export interface UpdateAgentData {
  username?: string;
  email?: string;
  fullName?: string;
  role?: 'admin' | 'cs' | 'viewer';
  department?: string;
  phone?: string;
  isActive?: boolean;
}

export interface AgentFilters {
  role?: 'admin' | 'cs' | 'viewer';
  status?: 'active' | 'inactive';
  onlineStatus?: OnlineStatus;
  department?: string;
  search?: string;
  performanceLevel?: 'high' | 'medium' | 'low';
  page?: number;
  limit?: number;
}

export interface PaginatedAgentResponse {
  data: Agent[];
  meta: { total: number; page: number; limit: number; totalPages: number };
}

export interface AgentPerformanceMetrics {
  id: number | null;
  agentId: number;
  date: string;
  messagesHandled: number;
  avgResponseTime: number | null;
  customerSatisfaction: number | null;
  ticketsResolved: number;
  onlineHours: number;
  slaCompliance: number | null;
}

export interface AgentActivity {
  id: string;
  agentId: number;
  type: 'login' | 'logout' | 'status_change' | 'ticket_assigned' | 'ticket_resolved' | 'message_sent';
  description: string;
  timestamp: string;
  metadata: Record<string, unknown> | null;
}

export interface AgentStats {
  total: number;
  active: number;
  online: number;
  offline: number;
  byRole: Record<string, number>;
  byDepartment: Record<string, number>;
}

export interface BulkUpdate {
  agentIds: number[];
  updates: Partial<UpdateAgentData>;
}

export interface BulkResult {
  success: boolean;
  updated: number;
  errors: string[];
}

export interface Deactivated {
  success: boolean;
  message: string;
}

export interface WebSocketEvents {
  agent_online: { agentId: number; timestamp: string };
  agent_offline: { agentId: number; timestamp: string };
  agent_status_change: { agentId: number; status: string; timestamp: string };
  agent_activity: AgentActivity;
  performance_update: { agentId: number; metric: string; value: number | null; timestamp: string };
  agent_created: Agent;
  agent_updated: Agent;
  agent_deleted: { agentId: number; timestamp: string };
}
