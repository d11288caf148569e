namespace ConsultHub.Mail;

/// <summary>The codes of refusals about mail.</summary>
[CodesOf<Refusal>]
public static class MailCodes
{
    public static readonly Code Full = Code.Unavailable("mail.full", "Too many mails wait to be sent. Try again later.");
    public static readonly Code NoAddress = Code.Conflict("mail.no-address", "The account has no e-mail address.");
    public static readonly Code TooOften = Code.TooMany("mail.too-often", "Too many mails were sent to this address in the last hour.");
    public static readonly Code Off = Code.Conflict("mail.off", "This hub sends no mail. Hand the link over yourself.");
}
