using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Grave;
using ConsultHub.Journal;
using ConsultHub.Mail;
using ConsultHub.Web.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// Links for many people at once, by mail or to hand over. If one person is refused, the others still get their links. The same request may
/// be sent again: the new links replace those that it has made before.
/// </summary>
public static class InvitationsMany
{
    private const int Most = 500,
        AtOnce = 16,
        LettersAtOnce = 100;

    /// <param name="ResetsFactors">Whether the people also have to set up the second factor again.</param>
    /// <param name="ByMail">Whether the links are sent by mail. Otherwise the answer has them.</param>
    public sealed record ManyRequest(ImmutableArray<PersonId> People, bool ResetsFactors = false, bool ByMail = false);

    /// <summary>What became of one person's link.</summary>
    public enum LinkOutcome
    {
        /// <summary>The mail is stored and is sent soon.</summary>
        Mailed,

        /// <summary>The answer has the link.</summary>
        Link,
        Refused,
    }

    /// <param name="Link">The address if <c>Hub:PublicUrl</c> is set, otherwise only its path. Null if the answer has none.</param>
    /// <param name="Code">Why there is no link. Null if there is one.</param>
    public sealed record PersonLink(
        PersonId Person,
        LinkOutcome Outcome,
        string? Link,
        DateTimeOffset? Until,
        [property: CodesOf<Refusal>] string? Code
    );

    /// <param name="People">In the order of the request.</param>
    public sealed record ManyLinks(IReadOnlyList<PersonLink> People);

    internal static void MapMany(this IEndpointRouteBuilder links) =>
        links.MapPost("/many", MakeAsync).Requires(Access.Gravely(Access.ToSome(AccountActions.Change), GraveAct.LinkMade));

    /// <summary>Makes new links for up to 500 people. The new links replace the older ones.</summary>
    private static async Task<Results<Ok<ManyLinks>, ProblemHttpResult>> MakeAsync(ManyRequest body, HttpContext http, IGrainFactory grains)
    {
        if (body.People.IsDefaultOrEmpty || body.People.Length > Most || body.People.Any(p => p.Value is null))
            return Problems.Of(RequestCodes.BadJson, $"Name 1 to {Most} people.", "$.people");
        var mail = http.RequestServices.GetRequiredService<MailBox>();
        if (body.ByMail && !mail.IsOn)
            return Problems.Of(MailCodes.Off, place: "$.byMail");
        var people = body.People.Distinct().ToList();
        var answers = new ConcurrentDictionary<PersonId, PersonLink>();
        var room = body.ByMail ? await mail.Grain.RoomAsync() : people.Count;
        List<Account> wanted = [];
        foreach (var person in people)
        {
            var (account, refused) = LinksApi.FindFor(person, body.ByMail, http);
            if (account is null)
                Refuse(person, refused!);
            else if (wanted.Count >= room)
                Refuse(person, MailCodes.Full);
            else
                wanted.Add(account);
        }
        var letters = new ConcurrentBag<Letter>();
        await Parallel.ForEachAsync(
            wanted,
            // Nothing stops this in the middle, so that the trace and the other administrators learn of every link that is made.
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (account, _) =>
            {
                try
                {
                    var (link, letter) = await LinksApi.PutAsync(account, body.ResetsFactors, body.ByMail, http, grains);
                    answers[account.Person] = new(account.Person, LinkOutcome.Link, link.Link, link.Until, null);
                    if (letter is not null)
                        letters.Add(letter);
                }
                catch (Exception away) when (IsAway(away))
                {
                    Refuse(account.Person, HubCodes.Busy);
                }
            }
        );
        foreach (var some in letters.Chunk(LettersAtOnce))
        {
            var refused = await PostAsync(mail, some);
            foreach (var letter in some)
                if (refused is not null)
                    Refuse(letter.Person, refused);
                else
                    answers[letter.Person] = new(letter.Person, LinkOutcome.Mailed, null, letter.Until, null);
        }
        Note(http, body, answers);
        return TypedResults.Ok(new ManyLinks([.. people.Select(p => answers[p])]));

        void Refuse(PersonId person, Code code) => answers[person] = new(person, LinkOutcome.Refused, null, null, code.Name);
    }

    /// <returns>Why the letters are not stored, or null.</returns>
    private static async Task<Code?> PostAsync(MailBox mail, Letter[] letters)
    {
        try
        {
            return (await mail.PostAsync(letters, null, null))?.Code;
        }
        catch (Exception away) when (IsAway(away))
        {
            return HubCodes.Busy;
        }
    }

    /// <summary>Writes a row of the trace for each person, and sets what the other administrators are told.</summary>
    private static void Note(HttpContext http, ManyRequest body, ConcurrentDictionary<PersonId, PersonLink> answers)
    {
        var trail = http.RequestServices.GetRequiredService<AuditTrail>();
        var done = answers.Values.Where(a => a.Outcome != LinkOutcome.Refused).ToList();
        foreach (var link in done)
        {
            http.Traced().Thing = link.Person.Value;
            trail.Add(http, AuditKinds.SecretsChanged, "link.made");
        }
        http.LeaveNoTrace();
        var grave = http.Grave();
        (grave.Count, grave.Person) = (done.Count, done is [var only] ? only.Person : null);
        if (body.ResetsFactors)
            grave.Act = GraveAct.FactorReset;
    }

    private static bool IsAway(Exception failure) =>
        failure is TimeoutException or Orleans.Runtime.OrleansException or JournalWriteException or JournalReadException;
}
