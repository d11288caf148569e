using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Accounts;
using ConsultHub.Consultants;

namespace ConsultHub.Silo.Demo;

/// <param name="UserName">The name for signing in with the password, in the form or by a script.</param>
public sealed record DemoPerson(PersonId Id, string UserName, Role Role, LocalName Name);

/// <summary>The people of the demo network who are not consultants.</summary>
public static class DemoPeople
{
    public static readonly NetworkId Network = new("ehs");

    /// <summary>The leads of the demo's research, in the network and at its partner.</summary>
    public static readonly PersonId Lead = new("p-research"),
        PartnerLead = new("p-research-2");

    /// <summary>The user name of the consultant whose id comes first. All other consultants sign in with their id.</summary>
    public const string FirstConsultant = "consultant";

    /// <summary>The commands that open the accounts of the demo's people. A repeated command changes nothing.</summary>
    internal static IEnumerable<OpenAccount> Accounts(IEnumerable<Consultant> consultants) =>
        All.Select(p => Open(p.Id, p.UserName, p.Name, RoleOf(p.Id, p.Role)))
            .Concat(
                consultants
                    .OrderBy(c => c.Id.Value, StringComparer.Ordinal)
                    .Select(
                        (c, i) =>
                            Open(c.Id, i == 0 ? FirstConsultant : c.Id.Value, c.Name, RoleOf(c.Id, Role.Consultant), Registration(c.Id))
                    )
            );

    private static OpenAccount Open(PersonId person, string userName, LocalName name, params ImmutableArray<Grant> grants) =>
        new()
        {
            CommandId = IdOf(person),
            Person = person,
            UserName = userName,
            Name = name,
            Demo = true,
            Grants = grants,
        };

    private static Grant RoleOf(PersonId person, Role role) =>
        new(IdOf(person), role, ScopeOf(role), DateTimeOffset.UnixEpoch, null, Actor.System.Person);

    /// <summary>All consultants are registered for the demo's congress.</summary>
    private static Grant Registration(PersonId person) =>
        new(
            AccountRules.RegistrationOf(DemoCongress.Id, person),
            Role.Attendee,
            new() { Network = Network, Conference = DemoCongress.Id },
            DateTimeOffset.UnixEpoch,
            null,
            Actor.System.Person
        );

    private static GrantScope ScopeOf(Role role) =>
        role switch
        {
            Role.Administrator => new(),
            Role.Host => new() { Network = Network, Conference = DemoCongress.Id },
            Role.Reviewer or Role.Supervisor => new() { Network = Network, Partner = new("asan") },
            _ => new() { Network = Network },
        };

    private static Guid IdOf(PersonId person) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"demo/{person}")).AsSpan(0, 16));

    public static ImmutableArray<DemoPerson> Trainees { get; } =
    [
        new(new("p-trainee"), "trainee", Role.Trainee, new("Hessa Al Marri", "حصة المري", "헤사 알마리")),
        new(new("p-trainee-2"), "trainee2", Role.Trainee, new("Omar Al Shehhi", "عمر الشحي", "오마르 알셰히")),
        new(new("p-trainee-3"), "trainee3", Role.Trainee, new("Reem Al Zaabi", "ريم الزعابي", "림 알자아비")),
        new(new("p-trainee-4"), "trainee4", Role.Trainee, new("Yousef Al Blooshi", "يوسف البلوشي", "유세프 알블루시")),
        new(new("p-trainee-5"), "trainee5", Role.Trainee, new("Shaikha Al Dhaheri", "شيخة الظاهري", "샤이카 알다헤리")),
        new(new("p-trainee-6"), "trainee6", Role.Trainee, new("Faisal Al Qubaisi", "فيصل القبيسي", "파이살 알쿠바이시")),
    ];

    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new(new("p-coordinator"), "coordinator", Role.Coordinator, new("Mariam Al Suwaidi", "مريم السويدي", "마리암 알수와이디")),
        new(new("p-coordinator-2"), "coordinator2", Role.Coordinator, new("Khalid Al Nuaimi", "خالد النعيمي", "칼리드 알누아이미")),
        new(new("p-admin"), "admin", Role.Administrator, new("Huda Al Mansoori", "هدى المنصوري", "후다 알만수리")),
        new(new("p-host"), "host", Role.Host, new("Saeed Al Ketbi", "سعيد الكتبي", "사이드 알케트비")),
        new(new("p-auditor"), "auditor", Role.Auditor, new("Latifa Al Shamsi", "لطيفة الشامسي", "라티파 알샴시")),
        new(Lead, "research", Role.ResearchLead, new("Amna Al Mazrouei", "آمنة المزروعي", "암나 알마즈루이")),
        new(PartnerLead, "research2", Role.ResearchLead, new("Seo Yun-ji", "سو يون جي", "서윤지")),
        new(new("p-attendee"), "attendee", Role.Attendee, new("Noura Al Hammadi", "نورة الحمادي", "누라 알함마디")),
        new(new("p-display"), "display", Role.Display, new("Wall display", "شاشة العرض", "벽면 화면")),
        new(new("p-director"), "director", Role.ProgrammeDirector, new("Amna Al Falasi", "آمنة الفلاسي", "암나 알팔라시")),
        new(new("p-reviewer"), "reviewer", Role.Reviewer, new("Park Ji-won", "بارك جي وون", "박지원")),
        new(new("p-supervisor"), "supervisor", Role.Supervisor, new("Choi Min-seok", "تشوي مين سوك", "최민석")),
        .. Trainees,
    ];
}
