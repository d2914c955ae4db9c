"""The Finnish mobile certificate, asked for directly at an operator (ETSI TS 102 204, FiCom profile)."""
