using System.Collections.Immutable;
using ConsultHub.Accounts;

namespace ConsultHub.Web;

/// <summary>A person who is signed in, with the roles that are valid now.</summary>
public sealed record Viewer(SignInTicket Ticket, Account Account, ImmutableArray<Grant> Grants, bool NeedsFactor)
{
    /// <summary>The names of the actions to which a token is limited. Null if a person has signed in.</summary>
    public ImmutableHashSet<string>? Actions { get; init; }

    /// <summary>The roles from the one that decides which screen a person sees first to the one that matters least.</summary>
    private static readonly ImmutableArray<Role> ByWeight =
    [
        Role.Coordinator,
        Role.Registrar,
        Role.Consultant,
        Role.ResearchLead,
        Role.ProgrammeDirector,
        Role.Supervisor,
        Role.Reviewer,
        Role.Auditor,
        Role.Trainee,
        Role.Display,
        Role.Host,
        Role.Moderator,
        Role.Captioner,
        Role.Speaker,
        Role.Attendee,
        Role.Integration,
        Role.Administrator,
    ];

    public PersonId Person => Ticket.Person;

    /// <summary>Whether the viewer is this person, and not a token that may not do what is the person's own.</summary>
    public bool Is(PersonId person) => person == Person && Allows(Accounts.AccountActions.Own);

    /// <summary>Whether an action is not excluded by a token. The grants decide whether the viewer may do it.</summary>
    public bool Allows(AccessAction action) => Actions is null || Actions.Contains(action.Name);

    /// <summary>The role that decides which screen the person sees first. Null for a person without a role.</summary>
    public Grant? Main { get; } = Grants.IsEmpty ? null : Grants.MinBy(g => ByWeight.IndexOf(g.Role));

    public Role Role => Main?.Role ?? Role.Attendee;

    /// <summary>The network of the main role. Null for a person whose roles concern no network.</summary>
    public NetworkId? Network => Main?.Scope.Network;

    /// <summary>The networks that any of the roles concerns.</summary>
    public IEnumerable<NetworkId> Networks => Grants.Select(g => g.Scope.Network).OfType<NetworkId>().Distinct();

    public Actor Actor => new(Person, Role);

    /// <summary>The person as an actor in one network. The role is one that the person has there.</summary>
    public Actor ActorIn(NetworkId network) =>
        new(
            Person,
            Grants
                .Where(g => g.Scope.Network == network)
                .Select(g => (Role?)g.Role)
                .OrderBy(r => ByWeight.IndexOf(r!.Value))
                .FirstOrDefault()
                ?? Role.Attendee
        );

    /// <summary>The viewer of a request, whose rule demands a sign-in.</summary>
    public static Viewer Of(HttpContext context) =>
        context.Features.Get<Viewer>()
        ?? throw new InvalidOperationException("The viewer is not signed in, although the endpoint's rule requires it.");
}
