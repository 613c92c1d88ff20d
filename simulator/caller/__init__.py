"""The simulated caller: state, general policy, and the choice of what she says."""

from simulator.caller.policy import policy
from simulator.caller.respond import leave, respond
from simulator.caller.role import NO_ANSWER, Role
from simulator.caller.state import Change, Reason, Reply, Spoken, State

__all__ = ["NO_ANSWER", "Change", "Reason", "Reply", "Role", "Spoken", "State", "leave", "policy", "respond"]
