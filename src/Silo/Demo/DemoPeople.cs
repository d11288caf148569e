namespace ConsultHub.Silo.Demo;

/// <param name="UserName">The name for signing in with the password, in the form or by a script.</param>
public sealed record DemoPerson(PersonId Id, string UserName, Role Role, LocalName Name);

/// <summary>The people of the demo network who are not consultants.</summary>
public static class DemoPeople
{
    public static readonly NetworkId Network = new("ehs");

    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new(new("p-coordinator"), "coordinator", Role.Coordinator, new("Mariam Al Suwaidi", "مريم السويدي", "마리암 알수와이디")),
        new(new("p-coordinator-2"), "coordinator2", Role.Coordinator, new("Khalid Al Nuaimi", "خالد النعيمي", "칼리드 알누아이미")),
        new(new("p-attendee"), "attendee", Role.Attendee, new("Noura Al Hammadi", "نورة الحمادي", "누라 알함마디")),
        new(new("p-display"), "display", Role.Display, new("Wall display", "شاشة العرض", "벽면 화면")),
    ];
}
