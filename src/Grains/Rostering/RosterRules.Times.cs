namespace ConsultHub.Rostering;

/// <summary>Rules about time: nothing may be reported too early, and a change of the past needs a reason.</summary>
public static partial class RosterRules
{
    /// <summary>A start that was at most this long ago is not treated as past, because users enter times in whole minutes.</summary>
    private static readonly TimeSpan Now = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A warning if a command gives an engagement a new start in the past. Also a warning if an engagement is over and keeps its start, and
    /// the command changes its end, room or consultants or reports an arrival. Commands of the hub itself get no such warning.
    /// </summary>
    private static Finding? InPast(Engagement? known, Actor actor, RosterCommand command, DateTimeOffset now)
    {
        if (actor.Role == Role.System)
            return null;
        var isPast = command switch
        {
            Plan plan => plan.Start < now - Now,
            ChangeTime change when change.Start != known!.Start => change.Start < now - Now,
            EmergencyMove { Start: { } start } when start != known!.Start => start < now - Now,
            ChangeTime or ChangeRoom or Assign or EmergencyMove or Arrive => known!.End <= now,
            _ => false,
        };
        return isPast ? new(RosterCodes.InPast, "The time is in the past.", Overridable: true) : null;
    }

    /// <summary>
    /// A refusal if an arrival is reported too long before the start, or if an engagement that has not started is reported as completed or
    /// missed.
    /// </summary>
    private static RosterOutcome? TooEarly(Engagement known, RosterCommand command, RosterFacts facts, DateTimeOffset now)
    {
        var from = command is Arrive ? known.Start - facts.Network.Policy.ArrivalFrom : known.Start;
        return now < from ? RosterOutcome.Refuse(RosterCodes.TooEarly, $"This is possible from {from:u}.") : null;
    }
}
