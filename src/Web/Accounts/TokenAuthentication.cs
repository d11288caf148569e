using System.Text.Encodings.Web;
using ConsultHub.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Accounts;

/// <summary>Why the token of a request was refused.</summary>
internal sealed record RefusedToken(Code Code);

/// <summary>
/// Recognises programs by the header <c>Authorization: Bearer</c>. Browsers cannot set this header on a WebSocket, so connections to
/// <c>/hubs</c> may have the token in the query parameter <c>access_token</c>. The hub reads no database: each node knows the hashes of all
/// tokens.
/// </summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory log,
    UrlEncoder encoder,
    AccessBook book,
    TimeProvider clock
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string Name = "token",
        CookieOrToken = "cookie-or-token";

    private const string Bearer = "Bearer ";

    /// <summary>How long a request waits for the accounts when the node has just started.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A request that carries a token is judged by its token alone, even if it also carries a cookie.</summary>
    public static string SchemeOf(HttpContext http) =>
        TokenIn(http.Request) is null ? CookieAuthenticationDefaults.AuthenticationScheme : Name;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenIn(Request) is not { } text)
            return AuthenticateResult.NoResult();
        if (!book.IsConfirmed)
            try
            {
                await book.ReadyAsync(Context.RequestAborted).WaitAsync(Patience, clock, Context.RequestAborted);
            }
            catch (TimeoutException)
            {
                return Refuse(AccessCodes.Unconfirmed);
            }
        if (TokenText.Parse(text) is not var (id, hash) || book.FindToken(id) is not var (account, token))
            return Refuse(TokenCodes.Wrong);
        if (!TokenText.Matches(token.Hash, hash))
            return Refuse(TokenCodes.Wrong);
        if (token.Until <= clock.GetUtcNow())
            return Refuse(TokenCodes.Expired);
        var ticket = new SignInTicket(account.Person, token.Id, token.Until, null, account.Demo) { Token = token.Id };
        return AuthenticateResult.Success(new(ticket.ToPrincipal(Name), new AuthenticationProperties { ExpiresUtc = token.Until }, Name));
    }

    private AuthenticateResult Refuse(Code code)
    {
        Context.Features.Set(new RefusedToken(code));
        return AuthenticateResult.Fail(code.Message!);
    }

    private static string? TokenIn(HttpRequest request)
    {
        if (request.Headers.Authorization.ToString() is var header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return header[Bearer.Length..].Trim();
        return request.Path.StartsWithSegments("/hubs") && request.Query["access_token"].ToString() is { Length: > 0 } asked ? asked : null;
    }
}
