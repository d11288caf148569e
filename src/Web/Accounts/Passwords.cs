using System.Collections.Immutable;
using Microsoft.AspNetCore.Identity;

namespace ConsultHub.Web.Accounts;

/// <summary>Checks passwords and second factors.</summary>
internal sealed class Passwords(UserManager<HubUser> users, TimeProvider clock)
{
    public const int Shortest = 12,
        Longest = 128;

    /// <summary>A code of an app is accepted for at most this long, so a used one must be remembered for as long.</summary>
    private static readonly TimeSpan CodeLasts = TimeSpan.FromMinutes(5);

    private const int MostWrong = 10;
    private static readonly TimeSpan WrongRemembered = TimeSpan.FromMinutes(15);

    /// <summary>The hash of a password that nobody knows.</summary>
    private static string? _nobodys;

    /// <summary>Whether the password is right. An account that does not exist takes as long as one that does.</summary>
    public bool Matches(HubUser? user, string? password)
    {
        _nobodys ??= users.PasswordHasher.HashPassword(null!, Guid.NewGuid().ToString());
        var hash = user?.Secrets.Password;
        var result = users.PasswordHasher.VerifyHashedPassword(user!, hash ?? _nobodys, password is { Length: <= Longest } ? password : "");
        return hash is not null && result != PasswordVerificationResult.Failed;
    }

    /// <summary>
    /// Uses a second factor: a code of the person's app, or a recovery code, which can replace any second factor. Each code works once. The
    /// use is stored before the answer. After ten wrong codes of the app in 15 minutes, none is accepted until the first of them is older
    /// than that. Recovery codes are too long to be guessed, so they still work.
    /// </summary>
    /// <returns>Why the code is not accepted, or null.</returns>
    public async Task<Code?> UseCodeAsync(HubUser user, string? given)
    {
        var code = (given ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (!user.Secrets.HasFactor || code.Length is 0 or > 40)
            return SignInCodes.WrongCode;
        if (code.Length != 6)
            return (await users.RedeemTwoFactorRecoveryCodeAsync(user, code)).Succeeded ? null : SignInCodes.WrongCode;
        if (!user.Secrets.Totp)
            return SignInCodes.WrongCode;
        var now = clock.GetUtcNow();
        var wrong = user.Secrets.WrongCodes.RemoveAll(at => now - at > WrongRemembered);
        if (wrong.Length >= MostWrong)
            return SignInCodes.TooManyCodes;
        // Each try counts as wrong before it is checked. So tries at the same time at several nodes are counted too.
        user.Secrets = user.Secrets with
        {
            WrongCodes = wrong.Add(now),
        };
        if (!(await users.UpdateAsync(user)).Succeeded || !await IsOfAppAsync(user, code))
            return SignInCodes.WrongCode;
        user.Secrets = user.Secrets with { WrongCodes = [] };
        return (await users.UpdateAsync(user)).Succeeded ? null : SignInCodes.WrongCode;
    }

    /// <summary>Whether a code of the app is right and was not used. Notes it as used, without storing it.</summary>
    public async Task<bool> IsOfAppAsync(HubUser user, string code)
    {
        var now = clock.GetUtcNow();
        var used = user.Secrets.UsedCodes.RemoveAll(u => now - u.At > CodeLasts);
        if (used.Any(u => u.Code == code))
            return false;
        if (!await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, code))
            return false;
        user.Secrets = user.Secrets with { UsedCodes = used.Add(new(code, now)) };
        return true;
    }

    /// <summary>Returns why a password is too weak, or null.</summary>
    public static string? FaultOf(string? password, string userName) =>
        password is not { Length: >= Shortest and <= Longest } ? $"A password has {Shortest} to {Longest} characters."
        : password.Distinct().Count() < 5 ? "The password repeats too few characters."
        : password.Contains(userName, StringComparison.OrdinalIgnoreCase) ? "The password contains the user name."
        : null;

    /// <summary>Sets a new password, without storing it.</summary>
    public void Set(HubUser user, string password) =>
        user.Secrets = user.Secrets with
        {
            Password = users.PasswordHasher.HashPassword(user, password),
            Stamp = Guid.NewGuid().ToString("N"),
        };
}
