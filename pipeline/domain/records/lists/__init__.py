"""What the plan promises, as the task force keeps it (清单素材): its numbered measures, its policies, each unit's own plan."""
