"""The provider `ftn`: a bank or the mobile certificate, through a broker of the Finnish Trust Network."""
