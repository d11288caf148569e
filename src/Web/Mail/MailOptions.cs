using MimeKit;

namespace ConsultHub.Web.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Not at all. Only for a server on this machine or on a network of one's own.</summary>
    None,

    /// <summary>The connection is encrypted before anything else is said. A server that cannot do this gets no mail.</summary>
    StartTls,

    /// <summary>The connection is encrypted from its beginning.</summary>
    Tls,
}

/// <summary>The settings in the section <c>Hub:Mail</c>. Without <see cref="Host"/> the hub sends no mail.</summary>
public sealed record MailOptions
{
    /// <summary>The mail server that takes the hub's mails.</summary>
    public string Host { get; init; } = "";

    /// <summary>0 stands for the usual port: 587 with StartTls, 465 with Tls, 25 without encryption.</summary>
    public int Port { get; init; }

    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Empty if the server asks for no password.</summary>
    public string UserName { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>The address from which mails come.</summary>
    public string From { get; init; } = "";

    public string FromName { get; init; } = "Consult Hub";

    public bool IsOn => Host.Length > 0;

    internal int UsedPort =>
        Port > 0
            ? Port
            : Security switch
            {
                MailSecurity.Tls => 465,
                MailSecurity.StartTls => 587,
                _ => 25,
            };

    internal MailboxAddress Sender => new(FromName, From);

    /// <summary>Returns what is wrong with the settings, or null.</summary>
    internal string? Fault(Uri? publicUrl) =>
        !IsOn ? null
        : Port is < 0 or > 65535 ? $"Hub:Mail:Port is {Port}. It must be between 1 and 65535, or 0 for the usual port."
        : !IsAddress(From) ? $"Hub:Mail:From is \"{From}\". Set it to the address from which mails come, such as hub@example.org."
        : UserName.Length == 0 != (Password.Length == 0) ? "Hub:Mail:UserName and Hub:Mail:Password belong together. Set both or none."
        : UserName.Length > 0 && Security == MailSecurity.None && !IsHere
            ? "Hub:Mail:Security is None, so the password would be sent to another machine without encryption. Set it to StartTls or Tls."
        : publicUrl is null ? "Hub:Mail:Host is set, but Hub:PublicUrl is not. Mails contain links, which begin with this address."
        : null;

    internal static bool IsAddress(string text) =>
        MailboxAddress.TryParse(text, out var address) && address.Address == text && text.Contains('@', StringComparison.Ordinal);

    private bool IsHere => Host == "localhost" || (System.Net.IPAddress.TryParse(Host, out var ip) && System.Net.IPAddress.IsLoopback(ip));
}
