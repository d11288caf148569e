using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Grave;
using ConsultHub.Mail;
using ConsultHub.Web.Accounts;
using ConsultHub.Web.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web;

/// <summary>What the handler of a grave request knows about it, for the notice to the other administrators.</summary>
internal sealed class GraveDetails
{
    /// <summary>What was done, if the same endpoint does several things. Null if the access rule says it.</summary>
    public GraveAct? Act { get; set; }

    /// <summary>The person whom the change is about. Null if it is about no person, or about several.</summary>
    public PersonId? Person { get; set; }

    public Role? Role { get; set; }

    /// <summary>How many things were changed. 0 if nothing was, although the request succeeded.</summary>
    public int Count { get; set; } = 1;
}

/// <summary>
/// Tells the administrators of grave changes that others make: in their inboxes, and by mail if they have an address. The notice is stored
/// before the request is answered. If it cannot be stored, the request fails although the change was made, and the person sends it again.
/// </summary>
internal sealed class GraveNotices(IGrainFactory grains, AccessBook book, MailBox mail, TimeProvider clock)
{
    /// <summary>The people who are administrators now.</summary>
    public IEnumerable<Account> Administrators
    {
        get
        {
            var now = clock.GetUtcNow();
            return book.Accounts.Where(a => !a.Deactivated && a.Grants.Any(g => g.Role == Role.Administrator && g.IsValidAt(now)));
        }
    }

    /// <param name="administrators">Those who were administrators before the change. They are told even if the change was that they are
    /// no longer administrators.</param>
    public async Task TellAsync(HttpContext http, AccessRule rule, IEnumerable<Account> administrators)
    {
        var (viewer, details) = (Viewer.Of(http), http.Grave());
        if (details.Count == 0 || !Concerns(viewer, rule))
            return;
        var route = http.Request.RouteValues;
        var about = details.Person ?? (TextId.TryParse<PersonId>(route["person"] as string, out var person) ? person : (PersonId?)null);
        var change = new GraveChange(
            details.Act ?? rule.Act,
            viewer.Person,
            viewer.Account.Name,
            details.Count,
            about,
            about is { } known ? book.Find(known)?.Name ?? new(known.Value) : null,
            details.Role,
            ThingIn(route),
            rule.Action?.Name
        );
        await TellAsync(change, administrators);
    }

    /// <summary>Tells the administrators, except the one who made the change.</summary>
    public async Task TellAsync(GraveChange change, IEnumerable<Account> administrators)
    {
        var told = administrators.Concat(Administrators).Where(a => a.Person != change.By).DistinctBy(a => a.Person).ToList();
        if (told.Count == 0)
            return;
        var minute = await grains.GetGrain<IGraveGrain>("hub").TellAsync(change, [.. told.Select(a => a.Person)]);
        if (!mail.IsOn)
            return;
        var letters = told.Where(MailBox.IsReachable).Select(a => LetterTo(a, minute)).ToList();
        // The mail waits until the minute is over, so that one mail tells of all changes in it. If the queue is full, nobody gets a mail,
        // but the change and the alert are stored.
        if (letters.Count > 0)
            await mail.PostAsync(letters, minute.Until, letter => $"{minute.Id}/{letter.Person}");
    }

    /// <summary>The network or the conference of a route. Ids that say nothing to people are left out.</summary>
    private static string? ThingIn(RouteValueDictionary route) =>
        (route["network"] ?? route["id"]) is string id && !Guid.TryParse(id, out _) ? id : null;

    /// <summary>
    /// Whether the other administrators are told. Changes that people make to their own account count only if they look after other
    /// accounts.
    /// </summary>
    private static bool Concerns(Viewer viewer, AccessRule rule) =>
        rule.Action is not null || Access.MaySomewhere(viewer, AccountActions.Change);

    private Letter LetterTo(Account administrator, GraveMinute minute) =>
        MailBox.To(administrator, MailKind.GraveChange) with
        {
            At = minute.At,
            Sentences = GraveTexts.Of(minute),
            Link = mail.AddressOf(minute.Change.About is { } about ? $"/accounts/{about}" : "/accounts"),
        };
}

/// <summary>Runs after the handler of a grave request and before the answer is written.</summary>
internal sealed class GraveFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var notices = http.RequestServices.GetRequiredService<GraveNotices>();
        var administrators = notices.Administrators.ToList();
        var result = await next(context);
        if (!IsRefusal(result) && http.GetEndpoint()?.Metadata.GetMetadata<AccessRule>() is { } rule)
            await notices.TellAsync(http, rule, administrators);
        return result;
    }

    private static bool IsRefusal(object? result)
    {
        while (result is INestedHttpResult nested)
            result = nested.Result;
        return result is IStatusCodeHttpResult { StatusCode: >= 400 };
    }
}

/// <summary>With this method, handlers say what a grave request was about.</summary>
internal static class GraveRequests
{
    public static GraveDetails Grave(this HttpContext http)
    {
        if (http.Features.Get<GraveDetails>() is { } known)
            return known;
        var details = new GraveDetails();
        http.Features.Set(details);
        return details;
    }
}
