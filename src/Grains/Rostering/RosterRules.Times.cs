namespace ConsultHub.Rostering;

/// <summary>What is possible when: nothing happens before its time, and what changes the past says why.</summary>
public static partial class RosterRules
{
    /// <summary>Times are typed in whole minutes, so that "now" may be this long ago.</summary>
    private static readonly TimeSpan Now = TimeSpan.FromMinutes(1);

    /// <summary>A warning where a command plans or moves something into the past, or changes what is over. What the hub does itself needs
    /// no reason.</summary>
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
        return isPast ? new("roster.in-past", "It lies in the past.", Overridable: true) : null;
    }

    /// <summary>Nobody arrives long before an engagement, and what has not begun is neither done nor missed.</summary>
    private static RosterOutcome? TooEarly(Engagement known, RosterCommand command, RosterFacts facts, DateTimeOffset now)
    {
        var from = command is Arrive ? known.Start - facts.Network.Policy.ArrivalFrom : known.Start;
        return now < from ? RosterOutcome.Refuse("roster.too-early", $"This is possible from {from:u}.") : null;
    }
}
